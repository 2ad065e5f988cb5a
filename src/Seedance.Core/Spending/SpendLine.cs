using System.Text.Json;

namespace Seedance.Spending;

/// <summary>
/// The stored form of an entry: a line of JSON. A later version reads every earlier one: fields are added, never renamed or given another
/// meaning, and a missing field reads as unknown.
/// </summary>
internal static class SpendLine
{
    private const int Version = 1;

    public static byte[] Write(SpendEntry entry)
    {
        using MemoryStream line = new(320);
        using (Utf8JsonWriter writer = new(line))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("event", entry.Event switch { SpendEvent.Reserve => "reserve", SpendEvent.Settle => "settle", _ => "release" });
            writer.WriteString("job", entry.JobId);
            writer.WriteString("at", entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("provider", entry.Provider);
            WriteText(writer, "profile", entry.Profile);
            writer.WriteString("model", entry.Model);
            writer.WriteString("wireModel", entry.WireModel);
            if (entry.Amount is { } amount)
            {
                writer.WriteNumber("amount", amount);
                WriteText(writer, "unit", entry.Unit);
            }

            if (entry.Seconds is { } seconds)
            {
                writer.WriteNumber("seconds", seconds);
            }

            if (entry.IsSimulated)
            {
                writer.WriteBoolean("simulated", value: true);
            }

            if (entry.Before is { } before)
            {
                writer.WriteStartObject("before");
                WriteCost(writer, "reserved", before.Reserved, before.ReservedUnit);
                WriteCost(writer, "settled", before.Settled, before.SettledUnit);
                if (before.IsSimulated)
                {
                    writer.WriteBoolean("simulated", value: true);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>
    /// Null for what is no whole line, such as one that a crash cut off. Throws <see cref="NotSupportedException"/> for a line of a later version:
    /// a sum without it would be wrong.
    /// </summary>
    public static SpendEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return ReadFields(line);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SpendEntry? ReadFields(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = new(line);
        int version = 0;
        SpendEvent? happened = null;
        string? job = null;
        DateTimeOffset? at = null;
        SpendEntry entry = new(SpendEvent.Reserve, string.Empty, default);
        string? provider = null, profile = null, model = null, wireModel = null, unit = null;
        decimal? amount = null;
        int? seconds = null;
        bool simulated = false;
        SpendBefore? before = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        // By hand rather than through a document: a day may have a hundred thousand lines, and a submit may have to read them.
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("version"u8)) { reader.Read(); version = reader.GetInt32(); }
            else if (reader.ValueTextEquals("event"u8)) { reader.Read(); happened = EventOf(ref reader); }
            else if (reader.ValueTextEquals("job"u8)) { reader.Read(); job = reader.GetString(); }
            else if (reader.ValueTextEquals("at"u8)) { reader.Read(); at = reader.GetDateTimeOffset(); }
            else if (reader.ValueTextEquals("provider"u8)) { reader.Read(); provider = reader.GetString(); }
            else if (reader.ValueTextEquals("profile"u8)) { reader.Read(); profile = reader.GetString(); }
            else if (reader.ValueTextEquals("model"u8)) { reader.Read(); model = reader.GetString(); }
            else if (reader.ValueTextEquals("wireModel"u8)) { reader.Read(); wireModel = reader.GetString(); }
            else if (reader.ValueTextEquals("amount"u8)) { reader.Read(); amount = reader.GetDecimal(); }
            else if (reader.ValueTextEquals("unit"u8)) { reader.Read(); unit = reader.GetString(); }
            else if (reader.ValueTextEquals("seconds"u8)) { reader.Read(); seconds = reader.GetInt32(); }
            else if (reader.ValueTextEquals("simulated"u8)) { reader.Read(); simulated = reader.GetBoolean(); }
            else if (reader.ValueTextEquals("before"u8)) { reader.Read(); before = ReadBefore(ref reader); }
            else { reader.Read(); reader.Skip(); }
        }

        bool whole = reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0 && !reader.Read();
        if (whole && version > Version)
        {
            throw new NotSupportedException("The spend ledger was written by a later version of this module.");
        }

        return whole && version > 0 && happened is { } known && job is not null && at is { } time
            ? entry with
            {
                Event = known,
                JobId = job,
                At = time,
                Provider = provider ?? string.Empty,
                Profile = profile,
                Model = model ?? string.Empty,
                WireModel = wireModel ?? string.Empty,
                Amount = amount,
                Unit = unit,
                Seconds = seconds,
                IsSimulated = simulated,
                Before = before,
            }
            : null;
    }

    private static SpendBefore? ReadBefore(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        decimal? reserved = null, settled = null;
        string? reservedUnit = null, settledUnit = null;
        bool simulated = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reserved"u8)) { reader.Read(); reserved = reader.GetDecimal(); }
            else if (reader.ValueTextEquals("reservedUnit"u8)) { reader.Read(); reservedUnit = reader.GetString(); }
            else if (reader.ValueTextEquals("settled"u8)) { reader.Read(); settled = reader.GetDecimal(); }
            else if (reader.ValueTextEquals("settledUnit"u8)) { reader.Read(); settledUnit = reader.GetString(); }
            else if (reader.ValueTextEquals("simulated"u8)) { reader.Read(); simulated = reader.GetBoolean(); }
            else { reader.Read(); reader.Skip(); }
        }

        return new SpendBefore(reserved, reservedUnit, settled, settledUnit, simulated);
    }

    private static SpendEvent? EventOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("reserve"u8) ? SpendEvent.Reserve
        : reader.ValueTextEquals("settle"u8) ? SpendEvent.Settle
        : reader.ValueTextEquals("release"u8) ? SpendEvent.Release
        : null;

    private static void WriteCost(Utf8JsonWriter writer, string name, decimal? amount, string? unit)
    {
        if (amount is { } known)
        {
            writer.WriteNumber(name, known);
            WriteText(writer, name + "Unit", unit);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}

using System.Text.Json;

namespace Seedance.Wire;

/// <summary>Writes what is known.</summary>
internal class DocumentWriter(Utf8JsonWriter json) : DocumentFields
{
    protected Utf8JsonWriter Json => json;

    public static byte[] Write<T>(T value, Func<DocumentFields, T, T> fields)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            fields(new DocumentWriter(json), value);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    public override string? Text(string name, string? value)
    {
        if (Begin(name, value is not null))
        {
            json.WriteStringValue(Shown(value!));
        }

        return value;
    }

    public override Uri? Address(string name, Uri? value)
    {
        Text(name, value?.AbsoluteUri);
        return value;
    }

    public override bool? Flag(string name, bool? value)
    {
        if (Begin(name, value is not null))
        {
            json.WriteBooleanValue(value!.Value);
        }

        return value;
    }

    public override int? Integer(string name, int? value)
    {
        Long(name, value);
        return value;
    }

    public override long? Long(string name, long? value)
    {
        if (Begin(name, value is not null))
        {
            json.WriteNumberValue(value!.Value);
        }

        return value;
    }

    public override decimal? Number(string name, decimal? value)
    {
        if (Begin(name, value is not null))
        {
            json.WriteNumberValue(value!.Value);
        }

        return value;
    }

    public override double? Double(string name, double? value)
    {
        if (Begin(name, value is not null))
        {
            json.WriteNumberValue(value!.Value);
        }

        return value;
    }

    public override DateTimeOffset? Time(string name, DateTimeOffset? value)
    {
        Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        return value;
    }

    public override IReadOnlyList<string> Texts(string name, IReadOnlyCollection<string> values)
    {
        if (Begin(name, values.Count > 0))
        {
            json.WriteStartArray();
            foreach (string value in values)
            {
                json.WriteStringValue(Shown(value));
            }

            json.WriteEndArray();
        }

        return [.. values];
    }

    public override IReadOnlyDictionary<string, string> TextMap(string name, IReadOnlyDictionary<string, string> values)
    {
        if (Begin(name, values.Count > 0))
        {
            json.WriteStartObject();
            foreach (KeyValuePair<string, string> value in values)
            {
                json.WriteString(value.Key, Shown(value.Value));
            }

            json.WriteEndObject();
        }

        return values;
    }

    public override IReadOnlyDictionary<string, object?> Options(string name, IReadOnlyDictionary<string, object?> values)
    {
        if (Begin(name, values.Count > 0))
        {
            JsonValues.ToNode(values, "Option")!.WriteTo(json);
        }

        return values;
    }

    public override T? Part<T>(string name, T? value, Func<DocumentFields, T, T?> fields)
        where T : class
    {
        if (Begin(name, value is not null))
        {
            json.WriteStartObject();
            fields(this, value!);
            json.WriteEndObject();
        }

        return value;
    }

    public override IReadOnlyList<T> Parts<T>(string name, IReadOnlyList<T> values, Func<DocumentFields, T, T> fields)
    {
        if (Begin(name, values.Count > 0))
        {
            json.WriteStartArray();
            foreach (T value in values)
            {
                json.WriteStartObject();
                fields(this, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return values;
    }

    /// <summary>Writes the name of a field whose value follows; false where none does.</summary>
    protected virtual bool Begin(string name, bool isKnown)
    {
        if (isKnown)
        {
            json.WritePropertyName(name);
        }

        return isKnown;
    }

    /// <summary>A text as this document shows it.</summary>
    protected virtual string Shown(string text) => text;
}

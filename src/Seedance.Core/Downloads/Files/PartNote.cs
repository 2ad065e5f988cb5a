using System.Text.Json;
using Seedance.Storage;

namespace Seedance.Downloads;

/// <summary>
/// What stands beside a part, so that another process can go on with it: whose it is, of which object, and how much of it is sure.
/// </summary>
internal sealed record PartNote
{
    /// <summary>The job and its output; a part of another job that had the same name is not gone on with.</summary>
    public required string Source { get; init; }

    public MediaValidator Validator { get; init; } = MediaValidator.None;

    /// <summary>Bytes of the whole object, where the host says.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes that are on the disk for sure. What follows them after a crash may be holes.</summary>
    public long Kept { get; init; }

    /// <summary>Of the kept bytes, where they were not flushed: it shows on reading whether a power cut took some of them.</summary>
    public string? Sha256 { get; init; }

    public static string PathFor(string part) => part + ".json";

    /// <summary>Null when there is none or it cannot be read: the part is then worth nothing.</summary>
    public static PartNote? Read(string part)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathFor(part)));
            JsonElement root = document.RootElement;
            string? changed = Text(root, "lastModified");
            return new PartNote
            {
                Source = Text(root, "source") ?? string.Empty,
                Validator = new(Text(root, "etag"), changed is null ? null : DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture)),
                Total = root.TryGetProperty("total", out JsonElement total) ? total.GetInt64() : null,
                Kept = root.GetProperty("kept").GetInt64(),
                Sha256 = Text(root, "sha256"),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or FormatException
            or InvalidOperationException or System.Collections.Generic.KeyNotFoundException)
        {
            return null;
        }
    }

    public void Write(string part)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("source", Source);
            WriteText(json, "etag", Validator.ETag);
            WriteText(json, "lastModified", Validator.LastModified?.ToString("R", CultureInfo.InvariantCulture));
            if (Total is { } total)
            {
                json.WriteNumber("total", total);
            }

            json.WriteNumber("kept", Kept);
            WriteText(json, "sha256", Sha256);
            json.WriteEndObject();
        }

        AtomicFile.Write(PathFor(part), bytes.ToArray(), overwrite: true, durable: false); // A lost note costs a download, never a file.
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

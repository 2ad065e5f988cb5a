using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seedance.Wire;

/// <summary>
/// A host's document with every text in it cleaned, names of fields and digits too: a reader behind this door need not think of it.
/// </summary>
internal static class HostJson
{
    private const string Gap = "\uFFFD"; // JSON may hold half a surrogate pair, which no text can.
    private static readonly JsonWriterOptions s_form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static WireNode Parse(string text, Redactor redactor)
    {
        using JsonDocument document = Document(text);
        if (IsClean(document.RootElement, redactor))
        {
            return new WireNode(document.RootElement.Clone());
        }

        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, s_form))
        {
            Write(writer, document.RootElement, redactor);
        }

        using JsonDocument cleaned = JsonDocument.Parse(bytes.ToArray());
        return new WireNode(cleaned.RootElement.Clone());
    }

    /// <summary>The runtime's own message may quote the rest of the document, keys and all.</summary>
    private static JsonDocument Document(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            string where = string.Format(
                CultureInfo.InvariantCulture, "It is no JSON at line {0}, byte {1}.", error.LineNumber + 1, error.BytePositionInLine + 1);
#pragma warning disable MA0054 // To embed it is to quote what it quotes.
            throw new JsonException(where, error.Path, error.LineNumber, error.BytePositionInLine);
#pragma warning restore MA0054
        }
    }

    private static bool IsClean(JsonElement element, Redactor redactor)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    if (Name(property) is not { } name || !HostText.IsClean(name, redactor) || !IsClean(property.Value, redactor))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    if (!IsClean(item, redactor))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String:
                return Text(element) is { } text && HostText.IsClean(text, redactor);
            case JsonValueKind.Number:
                return HostText.IsClean(element.GetRawText(), redactor);
            default:
                return true;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, Redactor redactor)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    writer.WritePropertyName(HostText.Clean(Name(property) ?? Gap, redactor));
                    Write(writer, property.Value, redactor);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item, redactor);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(HostText.Clean(Text(element) ?? Gap, redactor));
                break;
            case JsonValueKind.Number when !HostText.IsClean(element.GetRawText(), redactor):
                writer.WriteStringValue(HostText.Clean(element.GetRawText(), redactor));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

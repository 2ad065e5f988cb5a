using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Wire;

/// <summary>Reads a request's JSON object strictly: media type, UTF-8, syntax.</summary>
internal static class JsonBody
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The object, or null and what is wrong with the body.</summary>
    public static JsonElement? Read(SimulatorRequest request, out string problem)
    {
        string mediaType = (request.Header("Content-Type") ?? string.Empty).Split(';')[0].Trim();
        if (!string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            problem = "Content-Type should be application/json";
            return null;
        }

        try
        {
            // JsonDocument looks at the encoding of a string only when it is read; a host's parser refuses the body.
            using JsonDocument document = JsonDocument.Parse(s_strictUtf8.GetString(request.Body.ToArray()));
            problem = document.RootElement.ValueKind == JsonValueKind.Object ? string.Empty : "Input should be a valid object";
            return problem.Length == 0 ? document.RootElement.Clone() : null;
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            problem = "JSON decode error";
            return null;
        }
    }

    /// <summary>
    /// The object without its nulls, for hosts to which null means unset: ByteDance's own SDKs send one for every field that is not given
    /// (2026-07-23).
    /// </summary>
    public static JsonElement? ReadWithoutNulls(SimulatorRequest request, out string problem)
    {
        if (Read(request, out problem) is not { } body)
        {
            return null;
        }

        JsonNode bare = JsonNode.Parse(body.GetRawText())!;
        DropNulls(bare);
        using JsonDocument document = JsonDocument.Parse(bare.ToJsonString());
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement body, string name, string otherwise = "") =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;

    public static long Whole(this JsonElement body, string name, long otherwise) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : otherwise;

    public static int Items(this JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;

    /// <summary>All fields as text: strings without quotes, nested objects with dotted names, the rest as it was spelled.</summary>
    public static Dictionary<string, string> Fields(this JsonElement body)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        Collect(body, string.Empty, fields);
        return fields;
    }

    private static void DropNulls(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (string name in map.Where(field => field.Value is null).Select(field => field.Key).ToArray())
            {
                map.Remove(name);
            }
        }

        foreach (JsonNode? child in node switch { JsonObject fields => fields.Select(field => field.Value).ToArray(),
            JsonArray items => [.. items], _ => [] })
        {
            DropNulls(child);
        }
    }

    private static void Collect(JsonElement body, string prefix, Dictionary<string, string> fields)
    {
        foreach (JsonProperty field in body.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(field.Value, string.Concat(prefix, field.Name, "."), fields);
            }
            else
            {
                fields[prefix + field.Name] = field.Value.ValueKind == JsonValueKind.String
                    ? field.Value.GetString()!
                    : field.Value.GetRawText();
            }
        }
    }
}

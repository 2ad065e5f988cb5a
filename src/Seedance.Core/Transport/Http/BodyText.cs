using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>A request's body for the debug stream: bounded, without secrets, and with media inside it named by their length.</summary>
internal static class BodyText
{
    private const int LongestText = 1000;
    private const int LongestBody = 16_000;
    private const int LongestType = 60;

    public static string Of(JsonObject body, Redactor redactor)
    {
        string text = redactor.Redact(Shortened(body, redactor)!.ToJsonString());
        return text.Length <= LongestBody ? text : text.Substring(0, LongestBody) + Rest(text.Length - LongestBody);
    }

    private static JsonNode? Shortened(JsonNode? node, Redactor redactor) => node switch
    {
        JsonObject map =>
            new JsonObject(map.ToDictionary(field => field.Key, field => Shortened(field.Value, redactor), StringComparer.Ordinal)),
        JsonArray list => new JsonArray([.. list.Select(item => Shortened(item, redactor))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Shortened(text, redactor)),
        null => null,
        _ => JsonNode.Parse(node.ToJsonString()), // A copy: a node has one parent.
    };

    private static string Shortened(string text, Redactor redactor)
    {
        if (text.Length <= LongestText)
        {
            return text;
        }

        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && text.IndexOf(',') is > 0 and <= LongestType and var comma)
        {
            return text.Substring(0, comma + 1) + Rest(text.Length - comma - 1);
        }

        string safe = redactor.Redact(text); // Before the cut, which might go through a secret.
        return safe.Length <= LongestText ? safe : safe.Substring(0, LongestText) + Rest(safe.Length - LongestText);
    }

    private static string Rest(int characters) => string.Format(CultureInfo.InvariantCulture, "... ({0} more characters)", characters);
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seedance.TestKit;

/// <summary>
/// What a table says of a JSON document: each field that it names must fit, lists must be as long, and what it does not name is not
/// compared. A text stands for the first field of an object, <c>*</c> for whatever there is, and <c>*text*</c> for a text that contains it.
/// </summary>
internal static class JsonPattern
{
    public static bool Fits(JsonNode? pattern, JsonNode? found) => (pattern, found) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (JsonObject wanted, JsonObject whole) => wanted.All(field => whole.ContainsKey(field.Key) && Fits(field.Value, whole[field.Key])),
        (JsonArray wanted, JsonArray whole) => wanted.Count == whole.Count && wanted.Zip(whole, Fits).All(static fits => fits),
        (JsonValue, JsonObject whole) => whole.Count > 0 && Fits(pattern, whole.First().Value),
        _ when pattern.GetValueKind() == JsonValueKind.String => FitsText(pattern.ToString(), found.ToString()),
        _ => JsonNode.DeepEquals(pattern, JsonNode.Parse(found.ToJsonString())),
    };

    public static bool FitsText(string pattern, string found) => pattern == "*"
        || (pattern.Length > 2 && pattern[0] == '*' && pattern[pattern.Length - 1] == '*'
            ? found.Contains(pattern.Substring(1, pattern.Length - 2), StringComparison.Ordinal)
            : found == pattern);
}

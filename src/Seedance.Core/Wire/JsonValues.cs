using System.Collections;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seedance.Wire;

/// <summary>Between the loose values of a user's options and JSON.</summary>
internal static class JsonValues
{
    private const int Deepest = 16; // A hashtable may hold itself.

    /// <summary>Sets every option in <paramref name="target"/>, over what is there.</summary>
    public static void Merge(JsonObject target, IReadOnlyDictionary<string, object?> options)
    {
        foreach (KeyValuePair<string, object?> option in options)
        {
            target[option.Key] = ToNode(option.Value, option.Key);
        }
    }

    public static JsonNode? ToNode(object? value, string name) => ToNode(value, name, depth: 0);

    private static JsonNode? ToNode(object? value, string name, int depth) => value switch
    {
        _ when depth > Deepest => throw Refused(name, "is nested too deeply"),
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        double number when !double.IsNaN(number) && !double.IsInfinity(number) => JsonValue.Create(number),
        float number when !float.IsNaN(number) && !float.IsInfinity(number) => JsonValue.Create(number),
        byte or sbyte or short or ushort or uint or ulong =>
            JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        Uri address => JsonValue.Create(address.OriginalString),
        Enum word => JsonValue.Create(word.ToString()),
        DateTime time => JsonValue.Create(time.ToString("o", CultureInfo.InvariantCulture)), // ConvertFrom-Json makes them of text.
        DateTimeOffset time => JsonValue.Create(time.ToString("o", CultureInfo.InvariantCulture)),
        TimeSpan span => JsonValue.Create(span.ToString("c", CultureInfo.InvariantCulture)),
        Guid id => JsonValue.Create(id.ToString()),
        char letter => JsonValue.Create(letter.ToString()),
        BigInteger number => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
        JsonNode node => JsonNode.Parse(node.ToJsonString()), // A copy: a node has one parent.
        JsonElement element => element.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(element.GetRawText()),
        IDictionary map => Object(map, name, depth),
        IReadOnlyDictionary<string, object?> map => Object(map.ToDictionary(pair => pair.Key, pair => pair.Value), name, depth),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToNode(item, name, depth + 1))]),
        _ => throw Refused(name, "holds a " + value.GetType().Name + ", which has no form in JSON"),
    };

    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(FromElement).ToArray(),
        JsonValueKind.Object => Map(element),
        _ => null,
    };

    /// <summary>JSON may name a field twice; the last one counts, as for those who write over what is there.</summary>
    private static Dictionary<string, object?> Map(JsonElement element)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            map[property.Name] = FromElement(property.Value);
        }

        return map;
    }

    private static JsonObject Object(IDictionary map, string name, int depth)
    {
        JsonObject result = [];
        foreach (DictionaryEntry entry in map)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            result[key] = ToNode(entry.Value, name + "." + key, depth + 1);
        }

        return result;
    }

    private static SeedanceException Refused(string name, string why) =>
        new(ErrorCode.InvalidRequest, "The option '" + name + "' " + why + ".")
    {
        RecommendedAction = "Use text, numbers, true or false, arrays and hashtables.",
    };
}

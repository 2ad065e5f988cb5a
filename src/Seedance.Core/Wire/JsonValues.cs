using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seedance.Wire;

/// <summary>Between the loose values of a user's options and JSON.</summary>
internal static class JsonValues
{
    public static JsonNode? ToNode(object? value, string name) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        double number when !double.IsNaN(number) && !double.IsInfinity(number) => JsonValue.Create(number),
        byte or sbyte or short or ushort or uint or ulong or float =>
            JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        Uri address => JsonValue.Create(address.OriginalString),
        Enum word => JsonValue.Create(word.ToString()),
        IDictionary map => Object(map, name),
        IReadOnlyDictionary<string, object?> map => Object(map.ToDictionary(pair => pair.Key, pair => pair.Value), name),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToNode(item, name))]),
        _ => throw new SeedanceException(
            ErrorCode.InvalidRequest,
            string.Format(CultureInfo.InvariantCulture, "The option '{0}' holds a {1}, which has no form in JSON.", name, value.GetType().Name))
        {
            RecommendedAction = "Use text, numbers, true or false, arrays and hashtables.",
        },
    };

    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(FromElement).ToArray(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(property => property.Name, property => FromElement(property.Value), StringComparer.Ordinal),
        _ => null,
    };

    private static JsonObject Object(IDictionary map, string name)
    {
        JsonObject result = [];
        foreach (DictionaryEntry entry in map)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            result[key] = ToNode(entry.Value, name + "." + key);
        }

        return result;
    }
}

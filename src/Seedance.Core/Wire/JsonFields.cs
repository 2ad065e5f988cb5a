using System.Text.Json.Nodes;

namespace Seedance.Wire;

/// <summary>Fields that are sent only when there is something to say: hosts read an explicit null as an error or as zero.</summary>
internal static class JsonFields
{
    public static void Set(this JsonObject body, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            body[name] = value;
        }
    }

    public static void Set(this JsonObject body, string name, long? value)
    {
        if (value is { } number)
        {
            body[name] = number;
        }
    }

    public static void Set(this JsonObject body, string name, bool? value)
    {
        if (value is { } flag)
        {
            body[name] = flag;
        }
    }

    public static void Set(this JsonObject body, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        JsonArray list = [];
        foreach (string value in values)
        {
            list.Add((JsonNode?)JsonValue.Create(value));
        }

        body[name] = list;
    }
}

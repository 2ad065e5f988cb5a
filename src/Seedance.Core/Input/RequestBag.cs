using System.Text.Json;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Input;

/// <summary>A request that came back as a property bag: from Clixml, JSON or a background job.</summary>
internal static class RequestBag
{
    /// <summary>Reads a bag by all of its properties, without the engine's wrapping.</summary>
    /// <returns>Null for what is no request.</returns>
    public static VideoRequest? Read(IEnumerable<KeyValuePair<string, object?>>? properties)
    {
        Dictionary<string, object?> fields = [];
        foreach (KeyValuePair<string, object?> property in properties ?? [])
        {
            // As the record spells them.
            string name = property.Key.Length == 0 ? property.Key : char.ToLowerInvariant(property.Key[0]) + property.Key.Substring(1);
            fields[name] = property.Value is Uri address ? address.AbsoluteUri : property.Value;
        }

        if (!fields.ContainsKey("prompt"))
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(JsonValues.ToNode(fields, "Request")!.ToJsonString());
        return RequestDocument.Read(new WireNode(document.RootElement));
    }
}

using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Input;

/// <summary>
/// WebhookData as JSON text: runbooks of PowerShell 7 and the test pane of Azure Automation hand it over like that, where Windows
/// PowerShell has an object.
/// </summary>
internal static class WebhookDataText
{
    private static readonly byte[] s_mark = Encoding.UTF8.GetPreamble();

    /// <summary>Its fields; null for every other text, which is the callback itself.</summary>
    public static IReadOnlyDictionary<string, object?>? Read(byte[]? text)
    {
        ReadOnlyMemory<byte> json = text;
        json = json.Span.StartsWith(s_mark) ? json.Slice(s_mark.Length) : json;
        if (json.Span.IndexOf(Encoding.UTF8.GetBytes(CallbackInput.Inner)) < 0)
        {
            return null; // Few callbacks are worth parsing twice.
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(CallbackInput.Inner, out _) ? Fields(document.RootElement) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // Not readable; whoever reads the body says so.
        }
    }

    private static Dictionary<string, object?> Fields(JsonElement element)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            fields[property.Name] = property.Value.ValueKind == JsonValueKind.Object
                ? Fields(property.Value)
                : JsonValues.FromElement(property.Value);
        }

        return fields;
    }
}

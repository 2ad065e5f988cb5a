using System.Collections;
using Seedance.Jobs.Callbacks;
using Seedance.Wire;

namespace Seedance.Input;

/// <summary>A callback as scripts hand it on: text, bytes, a table of fields, or the WebhookData of an Azure runbook.</summary>
internal static class CallbackInput
{
    /// <summary>The field of WebhookData that holds the callback's own body.</summary>
    public const string Inner = "RequestBody";

    public static ReceivedCallback Read(object? body, IReadOnlyDictionary<string, object?>? headers, string? secret, string? provider)
    {
        IReadOnlyDictionary<string, object?>? table = body as IReadOnlyDictionary<string, object?> ?? WebhookDataText.Read(body is null ? null : Bytes(body));
        if (table is not null && Field(table, Inner) is { } inner)
        {
            // What Azure Automation gives a runbook: the name of the webhook, the headers and the body as text.
            headers ??= Field(table, "RequestHeader") as IReadOnlyDictionary<string, object?>;
            body = inner;
        }

        return new ReceivedCallback { Body = Bytes(body), Headers = Texts(headers), Secret = secret, Provider = provider };
    }

    private static byte[] Bytes(object? body) => body switch
    {
        byte[] raw => raw,
        string text => Encoding.UTF8.GetBytes(text),
        IReadOnlyDictionary<string, object?> table => Encoding.UTF8.GetBytes(JsonValues.ToNode(table, "Body")!.ToJsonString()),
        object?[] parts when parts.All(part => part is byte) => [.. parts.Cast<byte>()],
        object?[] lines when lines.All(line => line is string) => Encoding.UTF8.GetBytes(string.Join("\n", lines)),
        _ => throw new SeedanceException(ErrorCode.InvalidRequest, "A callback's body is text, bytes or a hashtable.")
        {
            RecommendedAction = "Pass on the body exactly as it was received.",
        },
    };

    private static object? Field(IReadOnlyDictionary<string, object?> table, string name) =>
        table.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, object?>? headers)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            texts[header.Key] = header.Value is not string && header.Value is IEnumerable several
                ? string.Join(",", several.Cast<object?>())
                : Convert.ToString(header.Value, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        return texts;
    }
}

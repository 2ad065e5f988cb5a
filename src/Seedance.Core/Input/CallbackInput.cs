using System.Collections;
using System.Collections.Specialized;
using Seedance.Jobs.Callbacks;
using Seedance.Wire;

namespace Seedance.Input;

/// <summary>A callback as scripts hand it on: text, bytes, a table of fields, or the WebhookData of an Azure runbook.</summary>
internal static class CallbackInput
{
    /// <summary>The field of WebhookData that holds the callback's own body.</summary>
    public const string Inner = "RequestBody";

    public static ReceivedCallback Read(object? body, object? headers, string? secret, string? provider)
    {
        IReadOnlyDictionary<string, object?>? table = body as IReadOnlyDictionary<string, object?>
            ?? WebhookDataText.Read(body is null ? null : Bytes(body));
        if (table is not null && Field(table, Inner) is { } inner)
        {
            // What Azure Automation gives a runbook: the name of the webhook, the headers and the body as text.
            headers ??= Field(table, "RequestHeader");
            body = inner;
        }

        if (secret is not null && body is IReadOnlyDictionary<string, object?>)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest,
                "The callback's body is an object, and a signature covers the bytes that it was made of. Nothing was changed.")
            {
                RecommendedAction = "Pass on the body as text or bytes, exactly as it was received; without -Secret an object will do.",
            };
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

    /// <summary>
    /// Headers as listeners hand them on: a table, the collection of HttpListener or of WebHeaderCollection, or the pairs of HttpHeaders
    /// and of ASP.NET.
    /// </summary>
    private static Dictionary<string, string> Texts(object? headers)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<(string? Name, object? Value)> pairs = headers switch
        {
            null => [],
            NameValueCollection collection => collection.AllKeys.Select(name => ((string?)name, (object?)collection[name])),
            IReadOnlyDictionary<string, object?> table => table.Select(pair => ((string?)pair.Key, pair.Value)),
            IEnumerable<KeyValuePair<string, IEnumerable<string>>> several =>
                several.Select(pair => ((string?)pair.Key, (object?)pair.Value)),
            IDictionary map => map.Keys.Cast<object>().Select(key => ((string?)key.ToString(), (object?)map[key])),
            _ => throw new SeedanceException(ErrorCode.InvalidRequest, "A " + headers.GetType().Name + " is no table of headers.")
            {
                RecommendedAction = "Pass on the headers as the listener gives them, or as a hashtable.",
            },
        };
        foreach ((string? name, object? value) in pairs)
        {
            if (name is not null)
            {
                texts[name] = value is not string && value is IEnumerable values
                    ? string.Join(",", values.Cast<object?>())
                    : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            }
        }

        return texts;
    }
}

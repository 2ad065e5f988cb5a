using System.Text.Json.Nodes;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Core.Tests.Providers;

/// <summary>Broken forms of what a host documents, the same ones at every run.</summary>
internal static class MutatedAnswers
{
    private const int Seed = 20260901;

    private static readonly string[] s_values =
    [
        "null", "0", "-1", "1e400", "true", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "{}", "[null]", "[[]]", "{\"message\":{}}",
        "{\"url\":7}", "9999999999999999999999",
        "[{\"loc\":[1,null],\"msg\":5}]", "\"https://\"", "\"http://[\"", "\"9999-99-99T00:00:00Z\"",
    ];

    private static readonly int[] s_statuses = [200, 200, 201, 202, 204, 301, 400, 401, 402, 403, 404, 408, 409, 422, 429, 500, 502, 503];

    /// <summary>What reading <paramref name="count"/> of them threw, other than a protocol error where one is allowed.</summary>
    public static IReadOnlyList<string> Escapes(IProviderAdapter adapter, string host, int count)
    {
        Random random = new(Seed);
        string[] documents = [.. WireText.Transcripts(host).Select(File.ReadAllText)];
        ProviderJob job = new()
        {
            Id = "id",
            WireModel = "model",
            Notes = new Dictionary<string, string> { ["response_url"] = "https://queue.fal.run/a/b/requests/id" },
        };
        List<string> escapes = [];
        for (int i = 0; i < count; i++)
        {
            byte[] body = Mutate(documents[random.Next(documents.Length)], random);
            WireResponse Answer() => new() { Status = s_statuses[random.Next(s_statuses.Length)], Bytes = body };
            Try("submit", protocolErrorAllowed: true, () => adapter.ReadSubmit(Answer()));
            Try("poll", protocolErrorAllowed: true, () => adapter.ReadPoll(job, Answer()));
            Try("error", protocolErrorAllowed: false, () => adapter.ReadError(Answer()));
            if (adapter is IReportsCredits credits)
            {
                Try("credits", protocolErrorAllowed: true, () => credits.ReadCredits(Answer()));
            }

            if (adapter is IUploadsMedia uploads)
            {
                Try("upload", protocolErrorAllowed: true, () => uploads.ReadUpload(Answer()));
            }

            if (adapter is ICancelsJobs cancels)
            {
                Try("cancel", protocolErrorAllowed: true, () => cancels.ReadCancel(Answer()));
            }

            if (adapter is IEstimatesCost estimates)
            {
                Try("estimate", protocolErrorAllowed: true, () => estimates.ReadEstimate(Answer()));
            }

            if (adapter is IListsJobs lists)
            {
                Try("list", protocolErrorAllowed: true, () => lists.ReadList(new ListQuery(), Answer()));
            }

            if (adapter is IReadsCallbacks callbacks)
            {
                Try("callback", protocolErrorAllowed: false, () => callbacks.ReadCallbackId(Answer().BodyOrMissing));
            }

            void Try(string what, bool protocolErrorAllowed, Func<object?> read)
            {
                try
                {
                    read();
                }
                catch (SeedanceException error) when (protocolErrorAllowed && error.Code == ErrorCode.ProtocolError)
                {
                    // As the contract says.
                }
#pragma warning disable CA1031 // Whatever else comes is what this looks for.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    escapes.Add(string.Format(
                        CultureInfo.InvariantCulture, "{0} {1}: {2} on {3}", i, what, error, Encoding.UTF8.GetString(body)));
                }
            }
        }

        return escapes;
    }

    public static byte[] Mutate(string document, Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                for (int n = random.Next(1, 8); n > 0; n--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
            case 2:
                byte[] noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            default:
                return Encoding.UTF8.GetBytes(SwapTypes(document, random));
        }
    }

    /// <summary>Replaces one to three places anywhere in the tree by a value of another type.</summary>
    private static string SwapTypes(string document, Random random)
    {
        JsonNode root = JsonNode.Parse(document)!;
        string text = root.ToJsonString();
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            List<string> values = [.. Places(root).Select(place => place.ToJsonString())];
            string victim = values[random.Next(values.Count)];
            int at = text.IndexOf(victim, StringComparison.Ordinal);
            if (at >= 0)
            {
                text = text[..at] + s_values[random.Next(s_values.Length)] + text[(at + victim.Length)..];
            }
        }

        return text;
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node is JsonObject map ? map.Select(pair => pair.Value) : node is JsonArray list ? list : [];
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            foreach (JsonNode place in Places(child))
            {
                yield return place;
            }
        }
    }
}

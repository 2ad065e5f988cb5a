using System.Text.Json.Nodes;
using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

/// <summary>The tables of answers, one for each host.</summary>
internal static class AnswerTable
{
    private const string File = "answers.jsonl";
    private static readonly Lazy<IReadOnlyDictionary<string, AnswerCase[]>> s_cases = new(() =>
        ProviderRegistry.Names.Select(WireText.HostOf).Distinct(StringComparer.Ordinal)
            .ToDictionary(host => host, host => Read(host).ToArray(), StringComparer.Ordinal));

    public static IEnumerable<string> Hosts => s_cases.Value.Keys;

    public static IReadOnlyList<AnswerCase> Of(string host) => s_cases.Value[host];

    /// <summary>Its first line is the job that polls are about.</summary>
    private static IEnumerable<AnswerCase> Read(string host)
    {
        IProviderAdapter adapter = ProviderRegistry.Names.Where(name => WireText.HostOf(name) == host)
            .Select(name => ProviderRegistry.Find(name)!).First();
        JsonObject[] lines = [.. WireText.Lines(host, File).Select(line => JsonNode.Parse(line)!.AsObject())];
        JsonNode job = lines[0]["job"]!;
        for (int i = 1; i < lines.Length; i++)
        {
            foreach (JsonObject one in Spread(lines[i]))
            {
                yield return new AnswerCase(host, adapter, job, one, i + 1);
            }
        }
    }

    /// <summary>A line of words is an answer for each word in each of its bodies.</summary>
    private static IEnumerable<JsonObject> Spread(JsonObject line)
    {
        if (line["words"] is not JsonObject words)
        {
            yield return line;
            yield break;
        }

        foreach (var (word, status) in words)
        {
            foreach (JsonNode? body in line["bodies"]!.AsArray())
            {
                JsonObject one = With(line, word).AsObject();
                one["word"] = word;
                one["body"] = With(body!, word);
                one["is"] ??= new JsonObject();
                one["is"]!["status"] = status?.DeepClone();
                yield return one;
            }
        }
    }

    private static JsonNode With(JsonNode node, string word) =>
        JsonNode.Parse(node.ToJsonString().Replace("$word", word, StringComparison.Ordinal))!;
}

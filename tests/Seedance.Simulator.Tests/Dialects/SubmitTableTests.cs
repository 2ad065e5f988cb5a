using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Dialects;

/// <summary>
/// What each dialect takes and what it refuses, as its host's documents say: a line of <c>Submits/&lt;host&gt;.jsonl</c> for each request.
/// <c>post</c> is where it goes and <c>body</c> what it says; <c>status</c> is the answer's, which makes one task where it is a success and
/// none where it is not. <c>answer</c>, <c>headers</c> and <c>says</c> are of the answer (<see cref="JsonPattern"/>), <c>price</c> is of
/// the task.
/// </summary>
public sealed class SubmitTableTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Submits");

    public static TheoryData<string, int, string> Submits
    {
        get
        {
            TheoryData<string, int, string> data = [];
            foreach (string path in Directory.EnumerateFiles(s_folder, "*.jsonl").Order(StringComparer.Ordinal))
            {
                string host = Path.GetFileNameWithoutExtension(path);
                JsonObject[] lines = Lines(host);
                for (int i = 0; i < lines.Length; i++)
                {
                    data.Add(host, i + 1, lines[i]["why"]!.ToString());
                }
            }

            return data;
        }
    }

    /// <summary>Volcengine's is BytePlus's; what the other two take is tested in code.</summary>
    private static readonly string[] s_withoutTable = ["volcengine", "wireflow", "simulator"];

    public static TheoryData<string> Prefixes =>
        [.. ProviderRegistry.Names.Select(name => name.ToLowerInvariant()).Except(s_withoutTable, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Table_OfEachDialect_HasWhatItTakesAndWhatItRefuses(string prefix)
    {
        JsonObject[] lines = [.. Directory.EnumerateFiles(s_folder, "*.jsonl")
            .SelectMany(path => Lines(Path.GetFileNameWithoutExtension(path)))
            .Where(line => line["post"]!.ToString().StartsWith(prefix + "/", StringComparison.Ordinal))];

        Assert.Contains(lines, line => line["status"]!.GetValue<int>() < 300);
        Assert.Contains(lines, line => line["status"]!.GetValue<int>() >= 400);
    }

    [Theory]
    [MemberData(nameof(Submits))]
    public async Task Submit_RequestOfATable_IsAnsweredAsItSays(string host, int number, string why)
    {
        JsonObject line = Lines(host)[number - 1];
        using SimulatorBench bench = new();
        using HttpClient client = bench.CallerWith("key-1");
        if (line["authorization"] is { } authorization)
        {
            client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization.ToString());
        }

        HttpResponseMessage response = await client.PostAsync(
            line["post"]!.ToString(), SimulatorBench.Json(Text(line["body"]!)), SimulatorBench.Stop);

        string body = await response.Content.ReadAsStringAsync(SimulatorBench.Stop);
        string told = why + ": " + (int)response.StatusCode + " " + body;
        Assert.True(line["status"]!.GetValue<int>() == (int)response.StatusCode, told);
        Assert.True(line["answer"] is not { } answer || JsonPattern.Fits(answer, JsonNode.Parse(body)), told);
        Assert.Contains(line["says"]?.ToString() ?? string.Empty, body, StringComparison.Ordinal);
        Assert.All(
            line["headers"]?.AsObject() ?? [],
            header => Assert.True(
                JsonPattern.FitsText(header.Value!.ToString(), response.Headers.GetValues(header.Key).Single()), told));
        Assert.Equal(response.IsSuccessStatusCode ? 1 : 0, bench.Engine.Tasks.Count);
        Assert.All(bench.Engine.Tasks, task => Assert.Equal(line["price"]?.GetValue<decimal>() ?? task.Price, task.Price));
    }

    private static JsonObject[] Lines(string host) =>
        [.. File.ReadLines(Path.Combine(s_folder, host + ".jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static string Text(JsonNode body) => body is JsonValue text ? text.ToString() : body.ToJsonString();
}

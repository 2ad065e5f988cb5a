using System.Collections.Concurrent;
using System.Text.Json;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B12: whole workflows with all detail shown and errors forced. A key of five characters is too short to be redacted, so the same work
/// with such a key is the work without redaction.
/// </summary>
internal static class RedactionBenchmark
{
    private const string Canary = "canary+key/0123456789=abcdef\"x";
    private const string Short = "k1/+\"";
    private static readonly string[] s_faults = [
        "submit:3 status 401", "submit:5 html", "submit:7 reset-after-accept", "poll:4 status 500", "poll:9 html", "poll:12 truncated"];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        List<double> on = [], off = [];
        int found = 0;
        await WorkAsync(bench, Canary, keep: false);
        await WorkAsync(bench, Short, keep: false);
        for (int round = 0; round < Bench.Rounds; round++)
        {
            (double seconds, IReadOnlyList<string> texts) = await WorkAsync(bench, Canary, keep: true);
            on.Add(seconds);
            off.Add((await WorkAsync(bench, Short, keep: true)).Seconds);
            found += Count(texts);
        }

        return
        [
            new Measurement("canary key found", found, Limit.Most(0), Limit.Most(0)),
            new Measurement("time with redaction / without", Bench.Median(on) / Bench.Median(off), Limit.Most(1.10),
                Limit.Most(1.03)) { Samples = [("s with", on), ("s without", off)] },
        ];
    }

    private static int Count(IReadOnlyList<string> texts)
    {
        string[] forms =
        [
            Canary, Uri.EscapeDataString(Canary), JsonEncodedText.Encode(Canary).ToString(),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..^4],
            Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Canary))[4..^4],
            Convert.ToBase64String(Encoding.UTF8.GetBytes("xx" + Canary))[4..^4],
        ];
        string all = string.Join('\n', texts);
        return forms.Count(form => all.Contains(form, StringComparison.Ordinal));
    }

    private static async Task<(double Seconds, IReadOnlyList<string> Texts)> WorkAsync(Bench bench, string key, bool keep)
    {
        const int Jobs = 100;
        SimulatorEngine engine =
            new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero,
            Faults = [.. s_faults.Select(SimulatorFault.Parse)] });
        using SimulatorHandler handler = new(engine);
        string home = bench.MemoryFolder();
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase) { ["SEEDANCE_HOME"] = home, ["MUAPI_API_KEY"] = key,
            ["SEEDANCE_MUAPI_URL"] = "http://127.0.0.1/muapi" };
        using SeedanceServices services = new(name => variables.GetValueOrDefault(name), new SkippingClock(), _ => handler);
        Account account = services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Provider = "Muapi" });
        Everything output = new();
        double seconds = await Bench.SecondsAsync(async () =>
        {
            for (int i = 0; i < Jobs; i++)
            {
                PreparedSubmit prepared = PrepareSubmit.Run(
                    account, new VideoRequest { Prompt = FormattableString.Invariant($"a kite, take {i}"), Model = "seedance-2-mini" });
                await new SubmitVideo(services)
                    .RunAsync(prepared, new SubmitOptions { ContinueUnconfirmed = true }, output, CancellationToken.None);
            }

            GetJobs jobs = new(services, new JobLookup(services, static (_, _) => null, apiKey: null));
            for (int i = 0; i < 5; i++)
            {
                await jobs.ByQueryAsync(new JobQuery(), refresh: true, output, CancellationToken.None);
            }
        });
        List<string> texts = keep
            ? [.. output.Lines, .. Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Select(File.ReadAllText)]
            : [];
        Directory.Delete(home, recursive: true);
        return (seconds, texts);
    }

    private sealed class Everything : IOperationOutput
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void Write(object item) => Lines.Enqueue(JsonSerializer.Serialize(item as SeedanceJob));

        public void Error(SeedanceException error) => Lines.Enqueue(error + error.RecommendedAction + error.ResponseExcerpt);

        public void Warn(string text) => Lines.Enqueue(text);

        public void Verbose(string text) => Lines.Enqueue(text);

        public void Debug(string text) => Lines.Enqueue(text);

        public void Progress(OperationProgress progress) => Lines.Enqueue(progress.Status);
    }
}

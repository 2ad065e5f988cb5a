using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Accounts;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Transport;
using Seedance.Transport;

namespace Seedance.Benchmarks;

/// <summary>
/// B5: a file whose connection is cut at seeded random places until it is there. Half of the seeds only cut, and count bytes; the other
/// half also change the object, ignore ranges, start elsewhere or lapse, and count only whether the file is right.
/// </summary>
internal static class ResumeBenchmark
{
    private const int Size = 4 * 1024 * 1024;
    private static readonly string[] s_tricks = [
        "changed-media", "no-ranges", "wrong-range", "reset-after-accept", "status", "429 retry-after=1", "expired-url"];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        string folder = bench.MemoryFolder();
        int seeds = bench.Times(500);
        long size = 0, wire = 0;
        int corrupt = 0, errors = 0, fired = 0;
        List<double> ratios = [];
        for (int i = 0; i < seeds; i++)
        {
            bool honest = i % 2 == 0;
            SimulatorEngine engine = new(new SimulatorOptions
            {
                QueueTime = TimeSpan.Zero,
                RunTime = TimeSpan.Zero,
                MediaBytes = Size,
                Seed = bench.Seed + i,
                Faults = [.. Script(new Random(bench.Seed + i), honest).Select(SimulatorFault.Parse)],
            });
            Result result = await SaveAsync(engine, folder);
            corrupt += result == Result.Corrupt ? 1 : 0;
            errors += result == Result.Nothing ? 1 : 0;
            SimulatorCounts counts = engine.Snapshot();
            fired += counts.FaultsFired.Values.Sum();
            if (honest)
            {
                size += Size;
                wire += counts.BytesServed;
                ratios.Add((double)counts.BytesServed / Size);
            }
        }

        return
        [
            new Measurement("bytes on the wire / size, cut at random", (double)wire / size, Limit.Most(1.02), Limit.Most(1.002))
            {
                Note = FormattableString.Invariant($"{seeds} seeds, {fired} faults fired"),
                Samples = [("the first", [.. ratios.Take(20)])],
            },
            new Measurement("corrupt files", corrupt, Limit.Most(0), Limit.Most(0)),
            new Measurement("ended with an error, nothing saved", errors),
        ];
    }

    private static IEnumerable<string> Script(Random random, bool honest)
    {
        int attempts = random.Next(2, 7);
        for (int request = 1; request < attempts; request++)
        {
            yield return FormattableString.Invariant($"media:{request} cut {random.NextDouble():0.######}");
            if (!honest && request > 1)
            {
                yield return FormattableString.Invariant($"media:{request} {s_tricks[random.Next(s_tricks.Length)]}");
            }
        }
    }

    private static async Task<Result> SaveAsync(SimulatorEngine engine, string folder)
    {
        using SimulatorHandler handler = new(engine);
        Uri video = await VideoAsync(handler);
        using HttpClients clients = new(_ => handler);
        SeedanceJob job = new()
        {
            Id = JobId.Create(TimeProvider.System.GetUtcNow()),
            Provider = "Simulator",
            ProviderJobId = "bench",
            State = JobStatus.Succeeded,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Outputs = [new JobOutput { Url = video }],
        };
        SaveRequest request = new()
        {
            Job = job,
            Network = new NetworkSettings(),
            Destination = folder,
            NameTemplate = "resumed",
            Force = true,
            Sidecar = false,
            Refresh = _ => Task.FromResult<SeedanceJob?>(job),
        };
        string path = Path.Combine(folder, "resumed.mp4");
        try
        {
            await new SaveOutputs(clients, new SkippingClock()).RunAsync(request, NullOutput.Instance, CancellationToken.None);
            byte[] saved = SHA256.HashData(await File.ReadAllBytesAsync(path));
            int changes = engine.Snapshot().Fired(SimulatorFaultKind.ChangedMedia);
            return await IsOneVersionAsync(video, saved, changes) ? Result.Whole : Result.Corrupt;
        }
        catch (SeedanceException)
        {
            return File.Exists(path) ? Result.Corrupt : Result.Nothing;
        }
        finally
        {
            foreach (string left in Directory.EnumerateFiles(folder, "resumed*"))
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>
    /// Wholly one of the contents that the object had, never a mixture. Another engine serves the same address, so that no byte is counted.
    /// </summary>
    private static async Task<bool> IsOneVersionAsync(Uri video, byte[] saved, int changes)
    {
        SimulatorEngine engine =
            new(new SimulatorOptions { Faults = changes == 0 ? [] : [SimulatorFault.Parse("media:2-100 changed-media")] });
        using HttpClient client = new(new SimulatorHandler(engine));
        for (int version = 0; version <= changes; version++)
        {
            byte[] served = SHA256.HashData(await client.GetByteArrayAsync(video));
            if (saved.SequenceEqual(served))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<Uri> VideoAsync(SimulatorHandler handler)
    {
        using HttpClient client = new(handler, disposeHandler: false) { BaseAddress = new Uri("http://simulator.invalid/simulator/") };
        using StringContent body = new("""{"model":"seedance-2.1","prompt":"a kite"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await client.PostAsync(new Uri("jobs", UriKind.Relative), body);
        string id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        string job = await client.GetStringAsync(new Uri("jobs/" + id, UriKind.Relative));
        return new Uri(JsonDocument.Parse(job).RootElement.GetProperty("output").GetProperty("url").GetString()!);
    }

    private enum Result
    {
        Whole,
        Nothing,
        Corrupt,
    }
}

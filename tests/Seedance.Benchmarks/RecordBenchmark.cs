using Seedance.CrashChild;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Benchmarks;

/// <summary>
/// B11: records that are on the disk, per second, against plain files of the same bytes; then records that were acknowledged before a kill.
/// </summary>
internal static class RecordBenchmark
{
    private const int Pairs = 400;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(Bench bench)
    {
        string home = bench.Folder();
        string plain = bench.Folder();
        using SqlJobStore store = new(new SqliteEngine(home));
        await store.AddAsync(Record(0), CancellationToken.None);
        List<double> ours = [], raw = [];
        for (int i = 0; i < Pairs; i++)
        {
            // One of each in turn: a disk that others use is fast and slow by the second.
            StoredJob record = Record(i);
            ours.Add(await Bench.SecondsAsync(() => store.AddAsync(record, CancellationToken.None)));
            raw.Add(await Bench.SecondsAsync(() =>
            {
                byte[] bytes = JobDocument.Write(record);
                using FileStream file = new(
                    Path.Combine(plain, record.Job.Id), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1);
                file.Write(bytes);
                file.Flush(flushToDisk: true);
                return Task.CompletedTask;
            }));
        }

        (int missing, int torn, int acknowledged) = await KillAsync(bench);
        return
        [
            new Measurement(
                "durable records per second / write + fsync", Bench.Median(raw) / Bench.Median(ours), Limit.Least(0.7), Limit.Least(0.9))
            {
                Samples = [("s a record, the first", [.. ours.Take(20)]), ("s a plain file, the first", [.. raw.Take(20)])],
            },
            new Measurement("acknowledged records missing after kill -9", missing, Limit.Most(0),
                Limit.Most(0)) { Note = FormattableString.Invariant($"{acknowledged} were acknowledged") },
            new Measurement("torn records", torn, Limit.Most(0), Limit.Most(0)),
            await ContentionAsync(bench),
        ];
    }

    /// <summary>Four processes record at once and are killed in the middle of it.</summary>
    private static async Task<(int Missing, int Torn, int Acknowledged)> KillAsync(Bench bench)
    {
        string home = bench.Folder();
        List<ChildProcess> children =
            [.. Enumerable.Range(0, 4)
            .Select(_ => ChildProcess.Start(home, new Uri("http://127.0.0.1:9/"), "append", "--count", "1000000"))];
        foreach (ChildProcess child in children)
        {
            for (int i = 0; i < bench.Times(250); i++)
            {
                await child.ExpectAsync("ACK ", CancellationToken.None);
            }
        }

        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        foreach (ChildProcess child in children)
        {
            await child.KillAsync();
            acknowledged.UnionWith(child.Lines.Where(line => line.StartsWith("ACK ", StringComparison.Ordinal)).Select(line => line[4..]));
            child.Dispose();
        }

        int torn = 0;
        HashSet<string> found = new(StringComparer.Ordinal);
        using SqlJobStore store = new(new SqliteEngine(home));
        await foreach (StoredJob record in store.ListAsync(JobScope.All, _ => torn++, CancellationToken.None))
        {
            found.Add(record.Job.Id);
        }

        return (acknowledged.Count(id => !found.Contains(id)), torn, acknowledged.Count);
    }

    /// <summary>What a lock that another task holds costs: changes of one record by four at once, against one after the other.</summary>
    private static async Task<Measurement> ContentionAsync(Bench bench)
    {
        const int Changes = 40;
        using SqlJobStore store = new(new SqliteEngine(bench.Folder()));
        StoredJob record = Record(0);
        await store.AddAsync(record, CancellationToken.None);
        List<double> alone = [], together = [];
        for (int round = 0; round < Bench.Rounds; round++)
        {
            alone.Add(await Bench.SecondsAsync(() => ChangeAsync(Changes)) / Changes * 1000);
            together.Add(
                await Bench.SecondsAsync(
                () => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ChangeAsync(Changes / 4))))) / Changes * 1000);
        }

        return new Measurement("ms per change, four at one record / one",
            Bench.Median(together) / Bench.Median(alone)) { Samples = [("ms alone", alone), ("ms together", together)] };

        async Task ChangeAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                await store.UpdateAsync(
                    record.Job.Id, stored => stored with { Job = stored.Job with { Progress = i } }, CancellationToken.None);
            }
        }
    }

    private static StoredJob Record(int number)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new StoredJob(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = "Simulator",
            Endpoint = new Uri("http://simulator.invalid/simulator"),
            Model = "seedance-2.1",
            Prompt = FormattableString.Invariant($"a kite over cliffs, take {number}"),
            Request = new VideoRequest { Prompt = "a kite over cliffs", Model = "seedance-2.1" },
            State = JobStatus.Submitting,
            CreatedAt = now,
        });
    }
}

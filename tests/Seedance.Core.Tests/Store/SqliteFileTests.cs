using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>The file itself: whose it is, what else may lie in its place, and what an earlier version left beside it.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_bench.Home, "seedance.db");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task AddAsync_OnUnix_KeepsOthersOut()
    {
        await _bench.Open().AddAsync(Samples.StoredJob(), Stop);
#if TEST_NETSTANDARD
        Assert.Skip("The netstandard2.0 build runs on Windows only, where the folder decides who may read " + Database + ".");
#else
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps others out by the folder's inherited permissions.");
            return;
        }

        foreach (string path in Directory.GetFiles(_bench.Home))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
#endif
    }

    [Fact]
    public async Task Commit_Always_WaitsForTheDisk()
    {
        await _bench.Open().AddAsync(Samples.StoredJob(), Stop);
        using SqliteEngine engine = new(_bench.Home);
        using StoreSession session = await engine.WriteAsync(TimeSpan.Zero, durable: true, Stop);

        Assert.Equal("wal", await session.FirstAsync("pragma journal_mode", static row => row.GetString(0)));
        Assert.Equal(2, await session.FirstAsync("pragma synchronous", static row => row.GetInt32(0))); // FULL.
    }

    /// <summary>A stopped command's last record is written behind it, and the session may end meanwhile.</summary>
    [Fact]
    public async Task Dispose_WhileATransactionIsOpen_LetsItEndAndTurnsAwayWhoComesLater()
    {
        StoredJob job = Samples.StoredJob();
        await _bench.Open().AddAsync(job, Stop);
        SqliteEngine engine = new(_bench.Home);
        StoreSession session = await engine.WriteAsync(TimeSpan.Zero, durable: true, Stop);
        Task<StoreSession> waits = engine.WriteAsync(TimeSpan.FromMinutes(1), durable: true, Stop);

        Thread disposing = new(engine.Dispose);
        disposing.Start();
        await Outside.UntilAsync(() => disposing.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped);
        await session.RunAsync("update ~job set tag = 'the last word'");
        session.Commit();
        disposing.Join();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waits);
        Assert.Equal(1, _bench.Count("job where tag = 'the last word'"));
    }

    [Fact]
    public async Task Dispose_WhileOneReads_ClosesTheConnectionWhenItHasRead()
    {
        await _bench.Open().AddAsync(Samples.StoredJob(), Stop);
        SqliteEngine engine = new(_bench.Home);
        StoreSession session = (await engine.ReadAsync(Stop))!;

        engine.Dispose();
        Assert.Equal(1, await session.FirstAsync("select count(*) from job", static row => row.GetInt32(0)));
        session.Dispose();

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => session.RunAsync("select 1")); // Its connection is closed.
    }

    [Fact]
    public async Task FindAsync_NothingWasEverStored_MakesNoFile()
    {
        Assert.Null(await _bench.Open().FindAsync(Samples.StoredJob().Job.Id, Stop));
        Assert.Empty(await ListAsync());
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Home));
    }

    [Fact]
    public async Task AddAsync_AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        await File.WriteAllBytesAsync(Database, [], Stop);
        _bench.Run("create table notes (text)");

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().AddAsync(Samples.StoredJob(), Stop));

        Assert.Contains("'notes'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Count("sqlite_master where name = 'job'"));
    }

    [Fact]
    public async Task UpdateAsync_FolderWasClearedAwayMeanwhile_WritesToNoFileWithoutAName()
    {
        IJobStore store = _bench.Open();
        await store.AddAsync(Samples.StoredJob(), Stop);
        Array.ForEach(Directory.GetFiles(_bench.Home), File.Delete);

        StoredJob job = Samples.StoredJob();
        await store.AddAsync(job, Stop);

        Assert.NotNull(await _bench.Open().FindAsync(job.Job.Id, Stop));
    }

    [Fact]
    public async Task Open_FilesOfAVersionBeforeTheStore_AreTakenOverOnceAndKeptAside()
    {
        StoredJob open = Samples.StoredJob(), done = Samples.StoredJob();
        done = done with { Job = done.Job with { State = JobStatus.Succeeded, ClientToken = "row-8", ProviderJobId = "p-2" } };
        Write("jobs/open/simulator-1/" + open.Job.Id + ".json", JobDocument.Write(open));
        Write("jobs/done/2026-03-01/" + done.Job.Id + ".json", JobDocument.Write(done));
        Write("jobs/open/" + done.Job.Id + ".json", JobDocument.Write(done with { Job = done.Job with { State = JobStatus.Running } }));
        Write("jobs/open/simulator-1/20260301-110000-000abcd.json", [1, 2, 3]);
        Write("ledger/2026-03-01.jsonl", Encoding.UTF8.GetBytes(
            """{"version":1,"event":"reserve","job":"a","at":"2026-03-01T12:00:00.000Z","provider":"Acme","model":"m","wireModel":"w","amount":1.25,"unit":"USD","seconds":5}""" + "\n"
            + """{"version":1,"event":"settle","job":"a","at":"2026-03-01T12:00:00.000Z","provider":"Acme","model":"m","wireModel":"w","amount":0.9,"unit":"USD","seconds":5}""" + "\n"
            + """{"version":1,"event":"res"""));
        Write("durations/0123456789abcdef01234567", Encoding.UTF8.GetBytes("# acme|m\n61.5;\n\n1e9;\n-4;\n70;\n8"));
        Write("durations/other", [1, 2, 3]);

        Assert.Equal(JobStatus.Succeeded, (await _bench.Open().FindAsync(done.Job.Id, Stop))!.Job.State);

        Assert.Equal(open.Job.Id, (await _bench.Open().FindByTokenAsync("row-7", Stop))!.Job.Id);
        await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().FindAsync("20260301-110000-000abcd", Stop));
        Assert.Equal((0.9m, 1),
            Assert.Single(await _bench.Open().SumSpendAsync(null, null, Stop)).Amount is var sum ? (sum.Settled, sum.Jobs) : default);
        Assert.Equal([61.5, 70], (await _bench.Open().DurationsAsync("acme|m", Stop)).Select(duration => duration.TotalSeconds));
        Assert.True(Directory.Exists(Path.Combine(_bench.Home, "imported", "durations")));
        Assert.True(File.Exists(Path.Combine(_bench.Home, "jobs"))); // An earlier version fails there instead of beginning anew.
        Assert.True(File.Exists(Path.Combine(_bench.Home, "imported", "jobs", "open", "simulator-1", open.Job.Id + ".json")));
        Assert.Contains("2 jobs and 2 entries", await File.ReadAllTextAsync(Path.Combine(_bench.Home, "imported", "README.txt"), Stop),
            StringComparison.Ordinal);
    }

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_bench.Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private async Task<List<StoredJob>> ListAsync()
    {
        List<StoredJob> jobs = [];
        await foreach (StoredJob job in _bench.Open().ListAsync(JobScope.All, error => throw error, Stop))
        {
            jobs.Add(job);
        }

        return jobs;
    }
}

using System.Collections.Concurrent;
using Seedance.CrashChild;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Crash.Tests;

/// <summary>
/// A simulated host that outlives every child, a state folder and a folder for videos. Each child is a process of its own.
/// </summary>
internal sealed class CrashScene : IDisposable
{
    public const string Prompt = "a kite over cliffs";
    private readonly SimulatorServer _server;
    private readonly PostgresBench? _database;
    private readonly string _root = Directory.CreateTempSubdirectory("seedance-crash-").FullName;

    /// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder's own file.</param>
    /// <param name="faults">What goes wrong at the host.</param>
    public CrashScene(bool onServer, params string[] faults)
        : this(onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero }, faults)
    {
    }

    /// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder's own file.</param>
    /// <param name="options">How the host is.</param>
    /// <param name="faults">What goes wrong at the host.</param>
    public CrashScene(bool onServer, SimulatorOptions options, params string[] faults)
    {
        _database = onServer ? new PostgresBench(mayBeUsed: true) : null;
        Host = new SimulatorEngine(options with { Faults = Array.ConvertAll(faults, SimulatorFault.Parse) });
        _server = SimulatorServer.Start(Host);
        Home = Path.Combine(_root, "state");
        Videos = Path.Combine(_root, "videos");
        Directory.CreateDirectory(Home);
    }

    public SimulatorEngine Host { get; }

    public Uri Address => _server.BaseUri;

    public string Home { get; }

    public string Videos { get; }

    /// <summary>Of its processes, beyond those that all have.</summary>
    public (string Name, string Value)[] Variables => _database is { } server ? [(StoreChoice.Variable, server.ConnectionString)] : [];

    public IReadOnlyList<string> SavedFiles =>
        Directory.Exists(Videos) ? [.. Directory.EnumerateFiles(Videos).Order(StringComparer.Ordinal)] : [];

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ChildProcess Start(string command, params string[] options) => ChildProcess.Start(
        ChildProcess.DotNet,
        [ChildProcess.Program, command, "--prompt", Prompt, .. options],
        Home,
        Address,
        Variables);

    /// <summary>Runs a child to its own end.</summary>
    public async Task<ChildProcess> RunAsync(string command, params string[] options)
    {
        ChildProcess child = Start(command, options);
        return await child.EndAsync(Stop);
    }

    /// <summary>Kills a child that does the whole job at the moment it says that it has reached the step.</summary>
    public async Task KillAtAsync(string step, params string[] options) =>
        Assert.True(await TryKillAtAsync(step, options), "It ended before " + step);

    /// <summary>False when the child came to its end first.</summary>
    public async Task<bool> TryKillAtAsync(string step, params string[] options)
    {
        using ChildProcess child = Start("run", ["--to", Videos, "--token", "row-1", "--halt-at", step, .. options]);
        bool reached = await child.ExpectAsync(["AT " + step, "END"], Stop) != "END";
        await child.KillAsync();
        return reached;
    }

    /// <summary>
    /// The command of the killed process once more. Whatever became of the first, at most one submit was accepted; and a job that is known
    /// to exist is saved. An unconfirmed one stays so until it is settled.
    /// </summary>
    public async Task<ChildJob> RunAgainAsync(params string[] options)
    {
        using ChildProcess again = await RunAsync("run", ["--to", Videos, "--token", "row-1", .. options]);
        return await AssertGoneOnAsync(again.Lines);
    }

    /// <summary>The same in the process of the tests: another than the killed one, too, and one that need not start first.</summary>
    public async Task<ChildJob> RunAgainHereAsync(params string[] options)
    {
        Dictionary<string, string> variables = ChildProcess.Variables(Home, Address).Concat(Variables).ToDictionary();
        ConcurrentQueue<string> lines = new();
        await Program.RunAsync(
            ["run", "--prompt", Prompt, "--to", Videos, "--token", "row-1", .. options], variables.GetValueOrDefault, lines.Enqueue);
        return await AssertGoneOnAsync([.. lines]);
    }

    /// <summary>The job as a new process finds it, after asking the provider.</summary>
    public async Task<IReadOnlyList<ChildJob>> ListAsync()
    {
        using ChildProcess child = await RunAsync("list");
        Assert.Empty(child.Errors);
        return child.Jobs;
    }

    /// <summary>No accepted task without a record that leads to it, and no record that cannot be read.</summary>
    public async Task AssertNothingLostAsync(int atMostAccepted = 1)
    {
        List<StoredJob> records = await ReadRecordsAsync();
        Assert.True(Host.Tasks.Count <= atMostAccepted, $"{Host.Tasks.Count} submits were accepted.");
        foreach (SimulatorTask task in Host.Tasks)
        {
            Assert.Contains(records, record => record.Job.ProviderJobId == task.Id
                || (record.Job.State is JobStatus.Unconfirmed or JobStatus.Submitting && !record.IsUnsent
                    && record.Job.Prompt == task.Prompt));
        }
    }

    /// <summary>The tables of its store.</summary>
    public StoreBench Rows() => _database ?? (StoreBench)new SqliteBench(Home);

    public async Task<List<StoredJob>> ReadRecordsAsync()
    {
        List<SeedanceException> damaged = [];
        List<StoredJob> records = [];
        using SqlJobStore store = new(Rows().Engine());
        await foreach (StoredJob record in store.ListAsync(JobScope.All, damaged.Add, Stop))
        {
            records.Add(record);
        }

        Assert.Empty(damaged);
        return records;
    }

    /// <summary>Exactly these bytes under their final names, and nothing half done beside them.</summary>
    public async Task AssertSavedWholeAsync(params ChildJob[] jobs)
    {
        using HttpClient client = new();
        List<StoredJob> records = await ReadRecordsAsync();
        foreach (ChildJob job in jobs)
        {
            StoredJob record = Assert.Single(records, record => record.Job.Id == job.Id);
            JobOutput output = Assert.Single(record.Job.Outputs);
            byte[] served = await client.GetByteArrayAsync(output.Url, Stop);
            Assert.Equal(served, await File.ReadAllBytesAsync(Assert.IsType<string>(output.Path), Stop));
        }

        Assert.Equal(jobs.Length, SavedFiles.Count(path => path.EndsWith(".mp4", StringComparison.Ordinal)));
        Assert.DoesNotContain(SavedFiles, path => path.Contains(".part", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _server.Dispose();
        _database?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task<ChildJob> AssertGoneOnAsync(IReadOnlyList<string> lines)
    {
        await AssertNothingLostAsync();
        ChildJob last = ChildJob.ReadAll(lines)[^1];
        if (last.ProviderJobId is null)
        {
            Assert.Equal("Unconfirmed", last.Status);
            Assert.StartsWith("SubmitUnconfirmed ", Assert.Single(ChildOutput.Errors(lines)), StringComparison.Ordinal);
            return last;
        }

        Assert.Empty(ChildOutput.Errors(lines));
        Assert.Equal("Succeeded", last.Status);
        await AssertSavedWholeAsync(last);
        return last;
    }
}

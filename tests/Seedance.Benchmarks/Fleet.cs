using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Seedance.Accounts;
using Seedance.CrashChild;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Records;
using Seedance.Simulator;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Benchmarks;

/// <summary>
/// Workers in processes with state folders of their own, on one PostgreSQL and one simulated host; whoever looks after them reads the store
/// as a machine of his own.
/// </summary>
internal sealed class Fleet : IDisposable
{
    private const string Profile = "farm";
    private readonly PostgresServer _server;
    private readonly string _connection;
    private readonly SimulatorServer _address;
    private readonly SeedanceServices _office;
    private readonly SeedanceProfile _profile;
    private readonly string[] _homes;
    private readonly ChildProcess[] _workers;

    public Fleet(Bench bench, PostgresServer server, int workers, int slots, int cap, TimeSpan runTime)
    {
        _server = server;
        _connection = server.Create("fleet" + Guid.NewGuid().ToString("N"));
        Host = new SimulatorEngine(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = runTime });
        _address = SimulatorServer.Start(Host);
        _profile = new SeedanceProfile
        {
            Name = Profile,
            Provider = "Simulator",
            BaseUri = new Uri(_address.BaseUri, "simulator"),
            Concurrency = slots,
            MaxJobsPerMonth = cap,
        };
        string office = Machine(bench);
        _office = new SeedanceServices(
            name => name == "SEEDANCE_HOME" ? office : name == StoreChoice.Variable ? _connection : null,
            TimeProvider.System,
            static _ => null);
        Videos = bench.Folder();
        _homes = [.. Enumerable.Range(0, workers).Select(_ => Machine(bench))];
        _workers = [.. _homes.Select(Start)];
    }

    public SimulatorEngine Host { get; }

    public string Videos { get; }

    public int Workers => _workers.Length;

    public async Task PlanAsync(int jobs)
    {
        Account account = _office.Accounts(static (_, _) => null).Resolve(new AccountSelection { Profile = Profile });
        SubmitCall call = new(_office);
        SubmitOptions options = new() { IsQueued = true, ContinueUnconfirmed = true };
        for (int number = 0; number < jobs; number++)
        {
            VideoRequest request = new() { Prompt = FormattableString.Invariant($"shot {number}") };
            AccountChoice choice = new(Profile, Provider: null) { Account = account };
            await call.PlanAsync(call.Row(request, [choice], options), NullOutput.Instance, CancellationToken.None);
        }

        await call.RecordPlannedAsync(NullOutput.Instance, CancellationToken.None);
    }

    /// <summary>Ends a worker with -9 and starts it anew.</summary>
    public async Task KillAsync(int worker)
    {
        await _workers[worker].KillAsync();
        _workers[worker].Dispose();
        _workers[worker] = Start(_homes[worker]);
    }

    /// <summary>Breaks about half of the connections of all workers.</summary>
    public void Cut() => TryRun(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Seedance' and random() < 0.5");

    public Task RestartServerAsync() => _server.RestartAsync();

    /// <summary>
    /// What the person does who looks at the host's dashboard: takes up what is there, and gives up what is not.
    /// </summary>
    public async Task<int> SettleAsync()
    {
        int settled = 0;
        JobLookup lookup = new(_office, static (_, _) => null, apiKey: null);
        foreach (SeedanceJob job in (await JobsAsync(new JobScope { Statuses = [JobStatus.Unconfirmed] }))
            .Where(job => job.State == JobStatus.Unconfirmed))
        {
            SimulatorTask? task = Host.Tasks.FirstOrDefault(task => task.Prompt == job.Prompt);
            await new ResolveJobs(_office, lookup).RunAsync(
                new JobReference(job.Id),
                new ResolveOptions { ProviderJobId = task?.Id, Abandon = task is null, Force = true },
                NullOutput.Instance,
                CancellationToken.None);
            settled++;
        }

        return settled;
    }

    public Task<List<SeedanceJob>> JobsAsync() => JobsAsync(JobScope.All);

    /// <summary>How many jobs have come to their end, videos saved.</summary>
    public int CountDone() => TryCount("select count(*) from seedance.job where work = 0");

    public void Dispose()
    {
        Array.ForEach(_workers, static worker => worker.Dispose());
        _office.Dispose();
        _address.Dispose();
        NpgsqlConnection.ClearAllPools();
    }

    private async Task<List<SeedanceJob>> JobsAsync(JobScope scope)
    {
        List<SeedanceJob> jobs = [];
        await foreach (StoredJob stored in _office.Store.ListAsync(scope, static damaged => throw damaged, CancellationToken.None))
        {
            jobs.Add(stored.Job);
        }

        return jobs;
    }

    private string Machine(Bench bench)
    {
        string home = bench.Folder();
        new ProfileStore(home).Save(_profile);
        return home;
    }

    private ChildProcess Start(string home) => ChildProcess.Start(
        ChildProcess.DotNet, [ChildProcess.Program, "work", "--until", "stopped", "--real-time", "yes", "--to", Videos], home,
        _address.BaseUri, (StoreChoice.Variable, _connection));

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Constants.")]
    private int TryCount(string sql)
    {
        try
        {
            using NpgsqlConnection connection = new(_connection + ";Pooling=false");
            connection.Open();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        catch (NpgsqlException)
        {
            return 0; // It restarts at this moment.
        }
    }

    private void TryRun(string sql) => _ = TryCount(sql);
}

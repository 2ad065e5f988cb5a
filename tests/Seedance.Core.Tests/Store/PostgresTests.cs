using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What is true over several machines with one account, and what a server may do to them.</summary>
public sealed class PostgresTests : IDisposable
{
    private readonly PostgresBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Submit_ThreeMachinesReuseTheSameRows_EachIsPaidOnce()
    {
        ScriptedHandler network = new();
        AcmeHost host = new(network);
        TestServices[] machines =
            [.. Enumerable.Range(0, 3).Select(_ => new TestServices(network, TimeProvider.System, store: _ => _bench.Open()))];

        await Task.WhenAll(machines.Select(machine => Task.Run(
            async () =>
            {
                for (int row = 0; row < 20; row++)
                {
                    VideoRequest request = new() { Prompt = "row " + row.ToString(CultureInfo.InvariantCulture), Model = "seedance-acme" };
                    PreparedSubmit prepared =
                        PrepareSubmit.Run(
                        TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = 100 } }),
                    request);
                    await new SubmitVideo(machine.Services).RunAsync(prepared, new SubmitOptions { Reuse = true }, machine.Output, Stop);
                }
            },
            Stop)));

        Assert.All(machines, machine => Assert.Empty(machine.Output.Errors));
        Assert.All(machines, machine => Assert.Equal(20, machine.Output.Jobs.Select(job => job.Id).Distinct().Count()));
        Assert.Equal(20, host.Submits);
        Assert.Equal(20, _bench.Count("job"));
        Array.ForEach(machines, machine => machine.Dispose());
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(30)]
    public async Task Submit_ClockOfTheMachineIsHoursOff_GoesByTheServers(int hours)
    {
        ManualTimeProvider wrong = new(Now.AddHours(hours));
        ScriptedHandler network = new();
        AcmeHost host = new(network);
        string home = Directory.CreateTempSubdirectory("seedance-clock-").FullName;
        RecordingOutput output = new();
        using SeedanceServices services = new(
            name => name switch { "SEEDANCE_HOME" => home, "SEEDANCE_STORE" => _bench.ConnectionString, _ => null }, wrong, _ => network);
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" });

        await new SubmitVideo(services).RunAsync(prepared, new SubmitOptions(), output, Stop);

        SeedanceJob job = Assert.Single(output.Jobs);
        Assert.Equal(1, host.Submits);
        Assert.InRange(job.CreatedAt, Now.AddMinutes(-5), Now.AddMinutes(5));
        Assert.InRange(JobId.CreatedAt(job.Id), Now.AddMinutes(-5), Now.AddMinutes(5));
        Assert.InRange(job.SubmittedAt!.Value, Now.AddMinutes(-5), Now.AddMinutes(5));
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task TryTakeSlotAsync_ThreeMachinesUnderACapOfTwo_TakeTwo()
    {
        SlotTerms terms = new(100) { Caps = new SpendCaps("studio") { JobsPerDay = 2 } };

        SlotVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(
            () => _bench.Open().TryTakeSlotAsync(Job(number), terms, Stop), Stop)));

        Assert.Equal(2, verdicts.Count(verdict => verdict.Taken));
        Assert.All(verdicts.Where(verdict => !verdict.Taken), verdict => Assert.NotNull(verdict.Breach));
    }

    [Fact]
    public async Task Reads_ServerHasCutAllConnections_AreAskedOnceMore()
    {
        using SqlJobStore store = (SqlJobStore)_bench.Open();
        StoredJob job = Samples.StoredJob();
        await store.AddAsync(job, Stop);
        (string What, Func<Task> Ask)[] reads =
        [
            ("find", async () => Assert.NotNull(await store.FindAsync(job.Job.Id, Stop))),
            ("token", async () => Assert.Null(await store.FindByTokenAsync("none", Stop))),
            ("tokens", async () => Assert.Empty(await store.FindByTokensAsync(["none"], Stop))),
            ("provider's id", async () => Assert.Null(await store.FindByProviderJobIdAsync("Acme", "none", Stop))),
            ("list", async () => Assert.Single(await ListAsync(store))),
            ("news", async () => Assert.Empty((await store.EndedSinceAsync(null, Stop)).Ids)),
            ("workers", async () => Assert.False(await store.HasWorkersAsync(Stop))),
            ("spend", async () => Assert.Empty(await store.SumSpendAsync(null, null, Stop))),
            ("durations", async () => Assert.Empty(await store.DurationsAsync("none", Stop))),
            ("pause", async () => Assert.Null(await store.PauseOfAsync("none", Stop))),
        ];
        foreach ((string what, Func<Task> ask) in reads)
        {
            CutAll();
            Exception? error = await Record.ExceptionAsync(ask);
            Assert.True(error is null, what + ": " + error?.Message);
        }
    }

    [Fact]
    public async Task UpdateAsync_ServerCutsAllConnections_IsDoneOnceMore()
    {
        IJobStore store = _bench.Open();
        StoredJob job = Samples.StoredJob();
        await store.AddAsync(job, Stop);
        bool cut = false;

        await store.UpdateAsync(
            job.Job.Id,
            stored =>
            {
                if (!cut)
                {
                    cut = true;
                    CutAll();
                }

                return stored with { Job = stored.Job with { Progress = 77 } };
            },
            Stop);

        Assert.True(cut);
        Assert.Equal(77, (await store.FindAsync(job.Job.Id, Stop))!.Job.Progress);
    }

    [Fact]
    public async Task TryTakeSlotAsync_FirstCommitIsUndone_TheOneThatFollowsHasItsLease()
    {
        _bench.Run(PostgresScript.Text());
        _bench.Run(
            """
            create sequence seedance.commits;
            create function seedance.undo() returns trigger language plpgsql as $$
            begin if nextval('seedance.commits') = 1 then raise exception 'undone' using errcode = '40001'; end if; return null; end $$;
            create constraint trigger undo after insert on seedance.holder deferrable initially deferred
            for each row execute function seedance.undo();
            """);
        ProcessMark self = StoreBench.Elsewhere("self");
        StoredJob job = Job(1) with { Owner = null };

        Assert.True((await _bench.Open(self).TryTakeSlotAsync(job, new SlotTerms(9), Stop)).Taken);

        Assert.True((long)_bench.Read("select last_value from seedance.commits")! > 1, "nothing was undone");
        Assert.True((await _bench.Open().FindAsync(job.Job.Id, Stop))!.OwnerMayBeAlive);
    }

    [Theory]
    [InlineData("off", "on")]
    [InlineData("remote_apply", "remote_apply")] // Waits for more than that.
    public async Task WriteAsync_DatabaseThatCommitsBeforeTheDiskHasIt_WaitsForTheDisk(string set, string expected)
    {
        _bench.Run($"do $$ begin execute format('alter database %I set synchronous_commit = {set}', current_database()); end $$");
        using PostgresEngine engine = new(StoreAddress.Parse(_bench.ConnectionString));
        using StoreSession session = await engine.WriteAsync(TimeSpan.FromSeconds(10), durable: true, Stop);

        Assert.Equal(expected, await session.FirstAsync("show synchronous_commit", static row => row.GetString(0)));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=tester;Password=canary-password;Timeout=2", "does not answer")]
    [InlineData("postgres://tester:canary-password@127.0.0.1:1/none?sslmode=disable", "does not answer")]
    [InlineData("canary-password", "no connection to PostgreSQL")]
    public async Task Open_ServerThatIsNotThere_IsOneErrorWithoutThePassword(string address, string says)
    {
        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(async () =>
        {
            using SqlJobStore store = new(new PostgresEngine(StoreAddress.Parse(address)));
            await store.FindAsync(Samples.StoredJob().Job.Id, Stop);
        });

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_RoleThatMayMakeNothing_SufficesOnceTheTablesAreThere()
    {
        await _bench.Open().AddAsync(Samples.StoredJob(), Stop);
        string role = "plain" + Guid.NewGuid().ToString("N");
        _bench.Run($"create role {role} login; grant usage on schema seedance to {role}; grant all on all tables in schema seedance to {role}; grant all on all sequences in schema seedance to {role}");
        using SqlJobStore store =
            new(new PostgresEngine(
            StoreAddress.Parse(_bench.ConnectionString.Replace("Username=tester", "Username=" + role, StringComparison.Ordinal))));

        Assert.True((await store.TryTakeSlotAsync(Job(1), new SlotTerms(9), Stop)).Taken);
    }

    [Theory]
    [InlineData(false, "Username=tester", "Username=nobody_knows")]
    [InlineData(false, "Database=", "Database=no")]
    [InlineData(true, "Username=tester", "Username=nobody_knows")]
    public async Task Open_LoginThatNobodyKnows_IsRefusedAtOnce(bool isPooled, string right, string wrong)
    {
        using PostgresBench bench = new(isPooled);
        string address = bench.ConnectionString.Replace(right, wrong, StringComparison.Ordinal);
        using SqlJobStore store = new(new PostgresEngine(StoreAddress.Parse(address), new ManualTimeProvider(Now)));

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => store.AddAsync(Samples.StoredJob(), Stop));

        Assert.Contains("refuses", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Theory]
    [InlineData("create table seedance.job(id int)")]
    [InlineData("create table seedance.seedance(id int)")]
    public async Task Open_SchemaOfAnotherProgram_IsRefusedAndLeftAlone(string table)
    {
        _bench.Run("create schema seedance; " + table);

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().AddAsync(Samples.StoredJob(), Stop));

        Assert.Contains("another program's", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Count("information_schema.columns where table_schema = 'seedance'"));
    }

    [Fact]
    public async Task Text_RunByHand_MakesTheTablesThatCommandsUse()
    {
        _bench.Run(PostgresScript.Text());

        await _bench.Open().AddAsync(Samples.StoredJob(), Stop);

        Assert.Equal(1, _bench.Count("job"));
    }

    [Fact]
    public void Keep_ConnectionWithAPassword_IsWrittenDownWithoutIt()
    {
        string home = Directory.CreateTempSubdirectory("seedance-choice-").FullName;
        StoreChoice choice = new(static _ => null, home);

        Assert.Contains("not written down", choice.Change("postgres://render:canary-password@db.example/farm"), StringComparison.Ordinal);

        Assert.DoesNotContain("canary", File.ReadAllText(Path.Combine(home, "store.json")), StringComparison.Ordinal);
        Assert.Equal("db.example:5432/farm", choice.Address!.Place);
        Assert.Contains("SSL Mode=Require", choice.Address.ConnectionString, StringComparison.Ordinal);
        Directory.Delete(home, recursive: true);
    }

    private static async Task<List<StoredJob>> ListAsync(IJobStore store)
    {
        List<StoredJob> jobs = [];
        await foreach (StoredJob job in store.ListAsync(JobScope.All, static damaged => throw damaged, Stop))
        {
            jobs.Add(job);
        }

        return jobs;
    }

    private void CutAll() => _bench.Read(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'Seedance' and datname = current_database()");

    private static StoredJob Job(int number)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with
        {
            Job = sample.Job with
            {
                Id = JobId.Create(sample.Job.CreatedAt.AddSeconds(number)),
                Endpoint = new Uri("https://acme.example/" + number.ToString(CultureInfo.InvariantCulture)),
                ClientToken = null,
                ProviderJobId = null,
                State = JobStatus.Submitting,
            },
        };
    }
}

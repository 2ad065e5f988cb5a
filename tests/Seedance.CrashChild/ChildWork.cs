using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Queue;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Records;

namespace Seedance.CrashChild;

/// <summary>What a child can be told to do.</summary>
internal sealed class ChildWork(SeedanceServices services, ChildOptions options, ChildOutput output)
{
    private static readonly CancellationToken s_stop = CancellationToken.None;
    private readonly JobLookup _lookup = new(services, static (_, _) => null, apiKey: null);

    /// <summary>New-SeedanceVideo, Wait-SeedanceJob, Save-SeedanceVideo; where that is asked for, after Get-SeedanceJob -Refresh.</summary>
    public async Task RunAsync()
    {
        if (options["list"] is not null)
        {
            await ListAsync().ConfigureAwait(false);
            _ = output.Take();
        }

        await SubmitAllAsync().ConfigureAwait(false);
        await FinishAsync(output.Take()).ConfigureAwait(false);
    }

    public async Task SubmitAllAsync()
    {
        AccountSelection selection = options["profile"] is { } profile
            ? new AccountSelection { Profile = profile }
            : new AccountSelection { Provider = options.Provider };
        Account account = services.Accounts(static (_, _) => null).Resolve(selection);
        for (int i = 0; i < options.Count; i++)
        {
            string number = options.Count == 1 ? string.Empty : FormattableString.Invariant($" {i + 1}");
            PreparedSubmit prepared = PrepareSubmit.Run(
                account, new VideoRequest { Prompt = options.Prompt + number, Model = options["model"] });
            SubmitOptions how = new()
            {
                SlotTimeout = options.SlotTimeout,
                ClientToken = options["token"] is { } token ? token + number : null,
                ContinueUnconfirmed = options["continue-unconfirmed"] is not null,
            };
            await new SubmitVideo(services).RunAsync(SubmitRow.Of(prepared, how), output, s_stop).ConfigureAwait(false);
        }
    }

    /// <summary>Get-SeedanceJob, then Wait-SeedanceJob and Save-SeedanceVideo with all of them or the one named.</summary>
    public async Task FinishAsync()
    {
        GetJobs jobs = new(services, _lookup);
        await (options["id"] is { } id
            ? jobs.ByIdAsync(new JobReference(id), refresh: false, output, s_stop)
            : jobs.ByQueryAsync(new JobQuery(), refresh: false, output, s_stop)).ConfigureAwait(false);
        await FinishAsync(output.Take()).ConfigureAwait(false);
    }

    public Task ListAsync() => new GetJobs(services, _lookup).ByQueryAsync(new JobQuery(), refresh: true, output, s_stop);

    /// <summary>Invoke-SeedanceQueue, until nothing is left or until it is killed.</summary>
    public async Task WorkAsync()
    {
        QueueOptions queue = new(new SaveJobOptions { Destination = options.Destination }) { UntilEmpty = options["until"] != "stopped" };
        using RunQueue worker = new(services, _lookup, names => services.Accounts(static (_, _) => null).Resolve(names), queue);
        await worker.RunAsync(output, s_stop).ConfigureAwait(false);
    }

    /// <summary>Records jobs as fast as it can, telling of each only when it is on record.</summary>
    public async Task AppendAsync()
    {
        for (int i = 0; i < options.Count; i++)
        {
            DateTimeOffset now = services.Time.GetUtcNow();
            SeedanceJob job = new()
            {
                Id = JobId.Create(now),
                Provider = "Simulator",
                Prompt = string.Create(CultureInfo.InvariantCulture, $"record {i}"),
                State = JobStatus.Queued,
                ProviderJobId = "p",
                CreatedAt = now,
            };
            await services.Store.AddAsync(new StoredJob(job), s_stop).ConfigureAwait(false);
            Steps.Say("ACK " + job.Id);
        }
    }

    private async Task FinishAsync(IReadOnlyList<SeedanceJob> jobs)
    {
        using WaitForJobs wait = new(services, _lookup, new WaitOptions());
        foreach (SeedanceJob job in jobs)
        {
            await wait.AddAsync(new JobReference(job.Id), output, s_stop).ConfigureAwait(false);
        }

        await wait.FinishAsync(output, s_stop).ConfigureAwait(false);
        if (options["to"] is null)
        {
            return;
        }

        SaveJobOptions save = new() { Destination = options.Destination, NameTemplate = options["name"] };
        foreach (SeedanceJob job in output.Take().Where(job => job.State == JobStatus.Succeeded))
        {
            await new SaveJobs(services, _lookup).RunAsync(new JobReference(job.Id), save, output, s_stop).ConfigureAwait(false);
        }
    }
}

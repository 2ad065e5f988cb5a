using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using static Seedance.TestKit.TaskHost;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Submits whose outcome nobody knows, at a host that lists its jobs.</summary>
public abstract class InDoubtSuite : IDisposable
{
    private protected ManualTimeProvider Time { get; } = new();

    private protected TaskHost Host { get; }

    private protected TestServices Kit { get; }

    protected InDoubtSuite()
    {
        Host = new TaskHost(Time);
        Kit = new TestServices(Host, Time);
    }

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Kit.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Account Account() => TestServices.Account(new RichAcmeAdapter());

    private protected JobLookup Lookup(Account account) => new(Kit.Services, (_, _) => null, apiKey: null, [account]);

    private protected async Task<RecordingOutput> ResolveAsync(string id, ResolveOptions? options = null, Account? account = null)
    {
        RecordingOutput output = new();
        await new ResolveJobs(Kit.Services, Lookup(account ?? Account()))
            .RunAsync(new JobReference(id), options ?? new ResolveOptions(), output, Stop);
        return output;
    }

    /// <summary>A job as a submit leaves it at a host that cannot be asked.</summary>
    private protected async Task<SeedanceJob> UnconfirmedAsync(string prompt)
    {
        Host.Next(Fate.LostUnanswered);
        RecordingOutput output = new();
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        await new SubmitVideo(Kit.Services).RunAsync(prepared, new SubmitOptions { ContinueUnconfirmed = true }, output, Stop);
        return Assert.Single(output.Errors).Job!;
    }

    /// <summary>The record of a process that was killed while its request was on the way.</summary>
    private protected async Task<StoredJob> CutOffAsync(string prompt, string? token = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        StoredJob record = new(new SeedanceJob
        {
            Id = JobId.Create(Time.GetUtcNow()),
            Provider = "Acme",
            Endpoint = prepared.Account.BaseUri,
            Model = "seedance-acme",
            WireModel = "acme-1",
            Prompt = prompt,
            Request = prepared.Request,
            ClientToken = token,
            State = JobStatus.Submitting,
            CreatedAt = Time.GetUtcNow(),
            EstimatedCost = prepared.Estimate,
        })
        {
            Owner = new ProcessMark(Environment.MachineName, int.MaxValue, 0),
        };
        Assert.True((await Kit.Services.Store.TryTakeSlotAsync(record, new SlotTerms(10), Stop)).Taken);
        return record;
    }

    private protected async Task<SeedanceJob[]> UnfinishedAsync()
    {
        System.Collections.Generic.List<SeedanceJob> jobs = [];
        await foreach (StoredJob stored in Kit.Services.Store.ListAsync(JobScope.Unfinished, error => Assert.Fail(error.Message), Stop))
        {
            jobs.Add(stored.Job);
        }

        return [.. jobs];
    }

    private protected async Task SubmitAsync(string prompt, Account? account = null, SubmitOptions? options = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(account ?? Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        Task run = new SubmitVideo(Kit.Services).RunAsync(prepared, options ?? new SubmitOptions(), Kit.Output, Stop);
        await Time.PassAsync(run, within: TimeSpan.FromSeconds(25)); // Never to the deadline of a request that is on its way.
    }
}

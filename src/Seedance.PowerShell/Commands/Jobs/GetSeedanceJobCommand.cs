using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Input;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.Store;

namespace Seedance.PowerShell.Commands;

/// <summary>Reads the local records of jobs, and asks their providers with -Refresh.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceJob", DefaultParameterSetName = QuerySet)]
[OutputType(typeof(SeedanceJob), typeof(SeedanceTraceEntry))]
public sealed class GetSeedanceJobCommand : JobCmdlet
{
    private const string QuerySet = "Query";
    private const string AdoptSet = "ProviderJobId";
    private const string ListSet = "AtProvider";
    private OrderedWork? _asking;

    /// <summary>Jobs whose prompt is like this; wildcards.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    public string? Prompt { get; set; }

    /// <summary>Jobs whose tag is like one of these; wildcards.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Jobs whose batch is like one of these; wildcards.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BatchCompleter))]
    public string[] Batch { get; set; } = [];

    /// <summary>Jobs with one of these ratings.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateRange(0, 5)]
    [ArgumentCompleter(typeof(RatingCompleter))]
    public int[] Rating { get; set; } = [];

    /// <summary>Jobs of this provider; with -ProviderJobId, the provider to ask.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [Parameter(ParameterSetName = AdoptSet)]
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Jobs that were made elsewhere, by the provider's id; they are recorded here.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AdoptSet)]
    [Alias("TaskId", "RequestId")]
    [ValidateNotNullOrEmpty]
    public string[] ProviderJobId { get; set; } = [];

    /// <summary>What the account has at its provider, known here or not; nothing is recorded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet)]
    public SwitchParameter AtProvider { get; set; }

    /// <summary>The profile whose account made them.</summary>
    [Parameter(ParameterSetName = AdoptSet)]
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The provider's model, which some providers need to be asked.</summary>
    [Parameter(ParameterSetName = AdoptSet)]
    [ArgumentCompleter(typeof(WireModelCompleter))]
    public string? WireModel { get; set; }

    /// <summary>Jobs that stand like this.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public JobStatus[] Status { get; set; } = [];

    /// <summary>Jobs made at this moment or later.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(DayCompleter))]
    public DateTimeOffset? After { get; set; }

    /// <summary>Jobs made at this moment or earlier.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(DayCompleter))]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Jobs that have not ended.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public SwitchParameter Unfinished { get; set; }

    /// <summary>Finished jobs that are not saved and can be downloaded no longer than this.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(TimeSpanCompleter))]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>The newest of them.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <summary>Asks the provider.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>What the job and its provider said to each other, instead of the job.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = InputSet)]
    public SwitchParameter Trace { get; set; }

    private protected override int ActivityId => 5002;

    private protected override bool TakesWildcards => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        GetJobs jobs = new(Services, Lookup);
        if (ParameterSetName == QuerySet)
        {
            if (Refresh.IsPresent)
            {
                OrTerminate(Accounts.LearnAllSecrets);
            }

            RunOperation((output, stop) => jobs.ByQueryAsync(Query(), Refresh.IsPresent, output, stop));
            return;
        }

        if (ParameterSetName is AdoptSet or ListSet)
        {
            AskTheProvider();
            return;
        }

        foreach (JobReference reference in Given())
        {
            if (Refresh.IsPresent && !Trace.IsPresent)
            {
                Ask(jobs, reference);
                continue;
            }

            RunOperation((output, stop) => Trace.IsPresent
                ? new TraceJobs(Services, Lookup).RunAsync(reference, output, stop)
                : jobs.ByIdAsync(reference, refresh: false, output, stop));
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_asking is { IsIdle: false } asking)
        {
            RunOperation(asking.FinishAsync);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _asking?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Several answers are waited for at once; they are written in the order of the input.</summary>
    private void Ask(GetJobs jobs, JobReference reference)
    {
        _asking ??= new OrderedWork();
        if (!_asking.HasRoom)
        {
            RunOperation(_asking.DeliverNextAsync);
        }

        _asking.Begin((output, stop) => jobs.ByIdAsync(reference, refresh: true, output, stop));
        _asking.DeliverEnded(Output);
    }

    private void AskTheProvider()
    {
        OrTerminate(Accounts.LearnAllSecrets);
        Account account =
            OrTerminate(() =>
            Lookup.AccountOf(
            new SeedanceJob { Provider = CellText.Optional(Provider) ?? string.Empty, Profile = CellText.Optional(Profile) }));
        if (ParameterSetName == ListSet)
        {
            RunOperation((output, stop) => new ListAtProvider(Services).RunAsync(account, Newest, output, stop));
            return;
        }

        foreach (string id in ProviderJobId)
        {
            RunOperation((output, stop) => new AdoptJob(Services).RunAsync(account, id, CellText.Optional(WireModel), output, stop));
        }
    }

    private JobQuery Query() => new()
    {
        PromptMatches = Patterns.Of(Prompt),
        TagMatches = Patterns.Of(Tag),
        Tags = TextBound.Of(Patterns.Given(Tag)),
        BatchMatches = Patterns.Of(Batch),
        Batches = TextBound.Of(Patterns.Given(Batch)),
        Ratings = Rating,
        Provider = CellText.Optional(Provider),
        Statuses = Status,
        CreatedFrom = After,
        CreatedTo = Before,
        OnlyUnfinished = Unfinished.IsPresent,
        ExpiringWithin = ExpiringWithin,
        Newest = Newest,
    };
}

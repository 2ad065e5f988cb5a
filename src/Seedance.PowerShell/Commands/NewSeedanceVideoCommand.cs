using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Input;
using Seedance.PowerShell.Binding;
using Seedance.Store;
using Seedance.Submitting;

namespace Seedance.PowerShell.Commands;

/// <summary>Submits a video generation and writes its job.</summary>
[Cmdlet(VerbsCommon.New, "SeedanceVideo", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class NewSeedanceVideoCommand : RequestCmdlet
{
    private readonly RequestCounter _asked = new();
    private readonly string _batch = JobId.Create(TimeProvider.System.GetUtcNow());
    private SubmitRehearsal? _rehearsal;
    private int _row;

    /// <summary>The profile to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>The provider to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>The caller's name for the request: the same token with the same request is the same job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientToken { get; set; }

    /// <summary>The user's name for the shot or row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Tag { get; set; }

    /// <summary>The name of the call or sheet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Batch { get; set; }

    /// <summary>Returns the job that an earlier run of the same request made.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <summary>The most that a request may cost, in the unit of its estimate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCost { get; set; }

    /// <summary>Submits although the price is unknown or above -MaxCost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How long to wait for a free slot of the account.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SlotTimeoutSec { get; set; } = 1800;

    /// <summary>Submits although an earlier submit to the account has an unknown outcome.</summary>
    [Parameter]
    public SwitchParameter ContinueUnconfirmed { get; set; }

    private protected override int ActivityId => 5001;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _row++;
        try
        {
            VideoRequest request = Request();
            IReadOnlyList<(string? Profile, string? Provider)> whom = AccountNames.Of(Profile, Provider);
            SubmitOptions options = Options(whom, request);
            if (whom.Count > 1)
            {
                SubmitToOneOf(whom, request, options);
            }
            else if (ChooseAccount(whom[0].Profile, whom[0].Provider) is { } account)
            {
                Submit(PrepareSubmit.Run(account, request), options);
            }
        }
        catch (SeedanceException error)
        {
            Report(error);
        }
    }

    private void Submit(PreparedSubmit prepared, SubmitOptions options)
    {
        if (Rehearsed([prepared], options) is { } shown && Asked(shown))
        {
            RunOperation((output, stop) => new SubmitVideo(Services).RunAsync(prepared, options, output, stop));
        }
    }

    private void SubmitToOneOf(IReadOnlyList<(string? Profile, string? Provider)> whom, VideoRequest request, SubmitOptions options)
    {
        // Every account is chosen here, on the thread that may ask vaults; one that cannot be chosen is passed over like one that refuses.
        SubmitCandidate[] candidates = [.. whom.Select(name => Candidate(name, request))];
        PreparedSubmit[] able = [.. candidates.Select(Prepared).OfType<PreparedSubmit>()];
        if (able.Length == 0 || (Rehearsed(able, options) is { } shown && Asked(shown)))
        {
            RunOperation((output, stop) => new SubmitFailover(Services).RunAsync(candidates, request, options, output, stop));
        }
    }

    private SubmitCandidate Candidate((string? Profile, string? Provider) name, VideoRequest request)
    {
        Func<Account> choose = TryChoose(name.Profile, name.Provider);
        return new SubmitCandidate(name.Provider ?? name.Profile!, name.Profile, () => PrepareSubmit.Run(choose(), request));
    }

    private static PreparedSubmit? Prepared(SubmitCandidate candidate)
    {
        try
        {
            return candidate.Prepare();
        }
        catch (SeedanceException)
        {
            return null; // The operation says why, once it is known that nobody else takes it.
        }
    }

    /// <summary>The submit to show. With -WhatIf, a budget that would refuse it says so here, and there is none; else the submit itself says it.</summary>
    private PreparedSubmit? Rehearsed(PreparedSubmit[] able, SubmitOptions options)
    {
        if (!IsWhatIf)
        {
            return able[0];
        }

        PreparedSubmit? first = null;
        _rehearsal ??= new SubmitRehearsal(Services);
        RunOperation(async (output, stop) =>
        {
            try
            {
                first = await _rehearsal.FirstAsync(able, options, stop).ConfigureAwait(false);
            }
            catch (SeedanceException error)
            {
                output.Fault(error);
            }
        });
        return first;
    }

    private bool Asked(PreparedSubmit prepared)
    {
        string what = prepared.DescribeWithPrompt();
        if (ShouldProcess(what, what + "?", "Submit a paid video generation"))
        {
            return true;
        }

        foreach (string warning in prepared.Warnings)
        {
            WriteWarning(warning);
        }

        return false;
    }

    private SubmitOptions Options(IReadOnlyList<(string? Profile, string? Provider)> whom, VideoRequest request) => new()
    {
        ClientToken = CellText.Optional(ClientToken),
        Reuse = Reuse.IsPresent,
        Occurrence = _asked.Next(whom, request),
        MaxCost = MaxCost,
        Force = Force.IsPresent,
        SlotTimeout = TimeSpan.FromSeconds(SlotTimeoutSec),
        ContinueUnconfirmed = ContinueUnconfirmed.IsPresent,
        Entry = new SetEntry { Tag = CellText.Optional(Tag), Batch = CellText.Optional(Batch) ?? _batch, Row = _row },
    };
}

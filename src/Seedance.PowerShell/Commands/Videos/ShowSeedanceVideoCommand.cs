using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.Jobs.Review;
using Seedance.PowerShell.Cmdlets;

namespace Seedance.PowerShell.Commands;

/// <summary>Shows saved videos side by side in a page of the browser, to rate and to choose.</summary>
[Cmdlet(VerbsCommon.Show, "SeedanceVideo", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(SeedanceJob))]
public sealed class ShowSeedanceVideoCommand : GivenJobsCmdlet
{
    private readonly List<JobReference> _given = [];
    private string? _path;

    /// <summary>The page's file; beside the first video by default.</summary>
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 1, ParameterSetName = IdSet)]
    [Alias("OutFile")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Waits until jobs are chosen in the page, and writes them.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Opens no browser.</summary>
    [Parameter]
    public SwitchParameter NoOpen { get; set; }

    /// <summary>Replaces a file that is no review page.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int ActivityId => 5028;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _path = Path is null ? null : FullPath(Path);
        if (_path is not null && !IsWhatIf && !PassThru.IsPresent)
        {
            OrTerminate(() => ReviewJobs.Prove(_path, Force.IsPresent));
        }
    }

    /// <inheritdoc/>
    private protected override void Process() => _given.AddRange(Given());

    /// <inheritdoc/>
    private protected override void End()
    {
        string what = PassThru.IsPresent ? "Serve the review page on a loopback port" : "Write the review page";
        string jobs = _given.Count == 1 ? _given[0].Id : FormattableString.Invariant($"{_given.Count} jobs");
        if (_given.Count == 0 || !ShouldProcess(_path ?? jobs, what))
        {
            return;
        }

        string otherwise = FullPath(".");
        string? written = null;
        ReviewJobs review = new(Services, Browser.OfSystem);
        RunOperation(async (output, stop) =>
        {
            ReviewPage page = await review.GatherAsync(_given, output, stop).ConfigureAwait(false);
            if (page.Clips.Count == 0)
            {
                return;
            }

            if (PassThru.IsPresent)
            {
                await review.ChooseAsync(page, !NoOpen.IsPresent, output, stop).ConfigureAwait(false);
            }
            else
            {
                written = review.Write(page, _path, otherwise, Force.IsPresent, !NoOpen.IsPresent, output);
            }
        });
        if (written is not null)
        {
            WriteObject(InvokeProvider.Item.Get([written], force: true, literalPath: true), enumerateCollection: true);
        }
    }
}

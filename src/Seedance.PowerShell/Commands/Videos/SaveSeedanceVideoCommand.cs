using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Downloads the videos of finished jobs and writes each job with the saved paths.</summary>
[Cmdlet(VerbsData.Save, "SeedanceVideo", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class SaveSeedanceVideoCommand : JobCmdlet
{
    private string? _folder;
    private SaveBatch? _save;

    /// <summary>The newest jobs, this many.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewestSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; }

    /// <summary>The folder, made when it is missing; the current location by default.</summary>
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(Position = 1, ParameterSetName = IdSet)]
    [Parameter(Position = 0, ParameterSetName = NewestSet)]
    [Alias("OutDir")]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The template of file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NameTokenCompleter))]
    public string Name { get; set; } = "{id}";

    /// <summary>Saves the last frame and other files too.</summary>
    [Parameter]
    public SwitchParameter AllOutputs { get; set; }

    /// <summary>Writes no JSON file beside the video.</summary>
    [Parameter]
    public SwitchParameter NoSidecar { get; set; }

    /// <summary>Overwrites files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many are downloaded at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    private protected override int ActivityId => 5004;

    private protected override int NewestCount => Newest;

    private SaveBatch Saving => _save ??= new SaveBatch(Services, Lookup, Options(), ThrottleLimit);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _folder = FullPath(Destination);
        OrTerminate(() => Options().Prove(SaveFolder.OfSystem, IsWhatIf));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (JobReference reference in Given())
        {
            if (ShouldProcess(reference.Id, "Save the video to " + _folder))
            {
                RunOperation((output, stop) => Saving.AddAsync(reference, output, stop), keepsProgress: true);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_save is not null)
        {
            RunOperation(_save.FinishAsync);
        }
    }

    private protected override string? GoingOn() => _save is { Running: > 0 and int count }
        ? count.ToString(CultureInfo.InvariantCulture) + (count == 1 ? " video is" : " videos are")
            + " not saved yet; what has arrived is kept. Go on with the same command, or: Get-SeedanceJob -Status Succeeded | Save-SeedanceVideo"
        : null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _save?.Dispose();
        }

        base.Dispose(disposing);
    }

    private SaveJobOptions Options() => new()
    {
        Destination = _folder!,
        NameTemplate = Name,
        Force = Force.IsPresent,
        Sidecar = !NoSidecar.IsPresent,
        AllOutputs = AllOutputs.IsPresent,
    };
}

using System.Management.Automation;
using Seedance.Jobs.Queue;
using Seedance.Jobs.Save;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Commands;

/// <summary>
/// Takes planned jobs, submits, follows and saves them, and writes each when it is done; any number on any number of machines.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "SeedanceQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SeedanceJob))]
public sealed class InvokeSeedanceQueueCommand : SeedanceCmdlet
{
    private string _folder = string.Empty;

    /// <summary>The folder of the videos, made when it is missing.</summary>
    [Parameter(Position = 0)]
    [Alias("OutDir")]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The template of file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NameTokenCompleter))]
    public string Name { get; set; } = "{id}";

    /// <summary>Only jobs that were planned for this profile.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>Whether to end when there is nothing left to do, or only when stopped.</summary>
    [Parameter]
    [ValidateSet("Empty", "Stopped")]
    public string Until { get; set; } = "Empty";

    /// <summary>Most jobs to submit.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxJobs { get; set; }

    private protected override int ActivityId => 5029;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _folder = FullPath(Destination);
        OrTerminate(() => Save().Prove(SaveFolder.OfSystem, IsWhatIf));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        string whose = Profile is null ? string.Empty : " of the profile " + Profile;
        if (!ShouldProcess("planned jobs" + whose, "Submit, follow and save to " + _folder))
        {
            return;
        }

        JobAccounts accounts = new(Services, InvokeCommand, apiKey: null);
        OrTerminate(accounts.LearnAllSecrets);
        QueueOptions options = new(Save()) { Profile = Profile, MaxJobs = MaxJobs, UntilEmpty = Until == "Empty" };
        RunOperation(async (output, stop) =>
        {
            using RunQueue worker = new(Services, accounts.Lookup, accounts.Choose, options);
            await worker.RunAsync(output, stop).ConfigureAwait(false);
        });
    }

    private protected override string? GoingOn() =>
        "What was not sent is planned as before, and what runs goes on at its host. Another worker takes both up, or this one later: Invoke-SeedanceQueue.";

    private SaveJobOptions Save() => new() { Destination = _folder, NameTemplate = Name };
}

using System.Management.Automation;
using System.Security;
using Seedance.Jobs.Wait;
using Seedance.Jobs.Watch;
using Seedance.Polling;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Commands;

/// <summary>Shows what is under way in a live table until all of it has ended. Ctrl+C leaves; the jobs go on.</summary>
[Cmdlet(VerbsCommon.Watch, "SeedanceJob")]
[OutputType(typeof(SeedanceJob))]
public sealed class WatchSeedanceJobCommand : SeedanceCmdlet
{
    private WatchJobs? _watch;

    /// <summary>Writes each job that ends.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    private protected override int ActivityId => 5027;

    /// <inheritdoc/>
    private protected override void Process()
    {
        JobAccounts accounts = new(Services, InvokeCommand, PlainText(ApiKey));
        OrTerminate(accounts.LearnAllSecrets);
        _watch = new WatchJobs(
            Services, accounts.Lookup, new HostScreen(Host, Host.UI?.SupportsVirtualTerminal == true && !Console.IsOutputRedirected));
        RunOperation((output, stop) => _watch.RunAsync(PassThru.IsPresent, output, stop));
    }

    private protected override string? GoingOn() => _watch is null ? null : StoppedWait.Describe(_watch.Unfinished);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }
}

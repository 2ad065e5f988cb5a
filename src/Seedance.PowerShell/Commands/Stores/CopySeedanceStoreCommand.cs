using System.Management.Automation;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Session;
using Seedance.Store;

namespace Seedance.PowerShell.Commands;

/// <summary>
/// Copies all jobs and all money into an empty store, whichever engines they are. Changes nothing about which store is used.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "SeedanceStore", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class CopySeedanceStoreCommand : SeedanceCmdlet
{
    /// <summary>The store that is in use where it is not given; a server, or a folder with a file <c>seedance.db</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>A store without jobs: a server, or a folder.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string To { get; set; } = string.Empty;

    private protected override int ActivityId => 5033;

    /// <inheritdoc/>
    private protected override void Process()
    {
        using StoreEngine from = OrTerminate(() => From is null
            ? ModuleServices.Choice.Open(Services.Time)
            : StoreChoice.Open(From, Services.Time, FullPath, exists: true));
        using StoreEngine to = OrTerminate(() => StoreChoice.Open(To, Services.Time, FullPath, exists: false));
        if (ShouldProcess(to.Place, "Copy all jobs and money of " + from.Place))
        {
            RunOperation((output, stop) => new CopyStore(from, to).RunAsync(output, stop));
        }
    }
}

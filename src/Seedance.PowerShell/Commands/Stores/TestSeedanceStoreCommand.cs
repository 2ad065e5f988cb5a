using System.Management.Automation;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Session;
using Seedance.Store;

namespace Seedance.PowerShell.Commands;

/// <summary>Uses the store once, as a command would, and makes its tables where there are none.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SeedanceStore")]
[OutputType(typeof(SeedanceStore))]
public sealed class TestSeedanceStoreCommand : SeedanceCmdlet
{
    private protected override int ActivityId => 5031;

    /// <inheritdoc/>
    private protected override void Process() =>
        RunOperation((output, stop) => new CheckStore(Services.Store, ModuleServices.Choice).RunAsync(output, stop));
}

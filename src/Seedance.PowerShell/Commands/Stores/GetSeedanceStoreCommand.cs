using System.Management.Automation;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Session;
using Seedance.Store;

namespace Seedance.PowerShell.Commands;

/// <summary>Tells where jobs and money are kept. Asks no server.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceStore")]
[OutputType(typeof(SeedanceStore), typeof(string))]
public sealed class GetSeedanceStoreCommand : SeedanceCmdlet
{
    /// <summary>Writes the script that makes the tables in PostgreSQL instead.</summary>
    [Parameter]
    public SwitchParameter Schema { get; set; }

    private protected override int ActivityId => 5030;

    /// <inheritdoc/>
    private protected override void Process() =>
        WriteObject(Schema.IsPresent ? PostgresScript.Text() : OrTerminate(() => ModuleServices.Choice.Describe()));
}

using System.Management.Automation;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Session;
using Seedance.Store;

namespace Seedance.PowerShell.Commands;

/// <summary>Names the store of the state folder. Moves no job.</summary>
[Cmdlet(VerbsCommon.Set, "SeedanceStore", DefaultParameterSetName = "Server", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceStore))]
public sealed class SetSeedanceStoreCommand : SeedanceCmdlet
{
    /// <summary>The server, database and user, as Npgsql takes them or as an address.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Server")]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Goes back to the file of the state folder.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Default")]
    public SwitchParameter Default { get; set; }

    /// <summary>Writes the store that is in use afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int ActivityId => 5032;

    /// <inheritdoc/>
    private protected override void Process()
    {
        StoreChoice choice = OrTerminate(() => ModuleServices.Choice);
        string place = Default.IsPresent ? "seedance.db" : OrTerminate(() => StoreAddress.Parse(ConnectionString)).Place;
        if (!ShouldProcess(place, "Keep jobs and money there from now on"))
        {
            return;
        }

        if (OrTerminate(() => choice.Change(Default.IsPresent ? null : ConnectionString)) is { } warning)
        {
            WriteWarning(warning);
        }

        if (PassThru.IsPresent)
        {
            WriteObject(OrTerminate(() => choice.Describe()));
        }
    }
}

using System.Management.Automation;
using Seedance.Input;
using Seedance.Money;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Commands;

/// <summary>Shows what was reserved and settled, by day, provider, profile and model, and what the profile's caps leave.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceSpend")]
[OutputType(typeof(SeedanceSpend))]
public sealed class GetSeedanceSpendCommand : SeedanceCmdlet
{
    /// <summary>Only this provider.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Only this profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>Only this model.</summary>
    [Parameter]
    public string? Model { get; set; }

    /// <summary>From the UTC day of this moment on.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>To the UTC day of this moment.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    private protected override int ActivityId => 5024;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SpendQuery query = new()
        {
            Provider = CellText.Optional(Provider),
            Profile = CellText.Optional(Profile),
            Model = CellText.Optional(Model),
            From = After is { } after ? new DateTimeOffset(after) : null,
            To = Before is { } before ? new DateTimeOffset(before) : null,
        };
        RunOperation((output, stop) => new GetSpend(Services).RunAsync(query, output, stop));
    }
}

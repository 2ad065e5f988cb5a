using System.Management.Automation;
using Seedance.Input;
using Seedance.Money;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Shows what was reserved and settled, by day, provider, profile and model, and what the profile's caps leave.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceSpend")]
[OutputType(typeof(SeedanceSpend), typeof(SeedanceSpendSummary))]
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
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>From the UTC day of this moment on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UtcDayCompleter))]
    public DateTimeOffset? After { get; set; }

    /// <summary>To the UTC day of this moment.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UtcDayCompleter))]
    public DateTimeOffset? Before { get; set; }

    /// <summary>This UTC month, and what of its caps is spent.</summary>
    [Parameter]
    public SwitchParameter Month { get; set; }

    /// <summary>Adds the rows by this, and all of them by unit.</summary>
    [Parameter]
    [ValidateSet("Provider", "Profile", "Model", "Day")]
    public string? By { get; set; }

    private protected override int ActivityId => 5024;

    /// <inheritdoc/>
    private protected override void Process()
    {
        DateTimeOffset today = Services.Time.GetUtcNow();
        DateTimeOffset? month = Month.IsPresent
            ? new DateTimeOffset(today.UtcDateTime.Year, today.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero)
            : null;
        SpendQuery query = new()
        {
            Provider = CellText.Optional(Provider),
            Profile = CellText.Optional(Profile),
            Model = CellText.Optional(Model),
            From = After ?? month,
            To = Before,
        };
        SpendGroup? by = By is { Length: > 0 } named ? (SpendGroup)Enum.Parse(typeof(SpendGroup), named, ignoreCase: true) : null;
        RunOperation((output, stop) => new GetSpend(Services).RunAsync(query, by, output, stop));
    }
}

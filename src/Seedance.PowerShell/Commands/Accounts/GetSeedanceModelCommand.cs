using System.Management.Automation;
using Seedance.Catalogue;
using Seedance.Input;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Tells what each model can do at each provider, and with -Detailed by which rule of which source.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceModel")]
[OutputType(typeof(SeedanceModelSummary), typeof(SeedanceModel))]
public sealed class GetSeedanceModelCommand : SeedanceCmdlet
{
    /// <summary>A neutral name, a provider's own id, or a part of one; wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Name { get; set; }

    /// <summary>Models of this provider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Models that have this mode.</summary>
    [Parameter]
    public GenerationMode? Mode { get; set; }

    /// <summary>A row for each mode, with its limits and their source.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override int ActivityId => 5006;

    /// <inheritdoc/>
    private protected override void Process()
    {
        string? name = CellText.Optional(Name);
        Func<string, bool>? matches = name is not null && WildcardPattern.ContainsWildcardCharacters(name)
            ? new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch
            : null;
        ModelQuery query = new() { Name = name, Matches = matches, Provider = CellText.Optional(Provider), Mode = Mode,
            Detailed = Detailed.IsPresent };
        OrTerminate(() => FindModels.Run(query, Output, Services.Catalogue));
    }
}

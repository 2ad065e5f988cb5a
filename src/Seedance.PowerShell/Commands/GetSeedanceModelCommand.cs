using System.Management.Automation;
using Seedance.Catalogue;
using Seedance.Input;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Commands;

/// <summary>Tells what each model can do at each provider, with the source of each rule.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceModel")]
[OutputType(typeof(SeedanceModel))]
public sealed class GetSeedanceModelCommand : SeedanceCmdlet
{
    /// <summary>A neutral name or a provider's own id; wildcards.</summary>
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

    private protected override int ActivityId => 5006;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string? name = CellText.Optional(Name);
        Func<string, bool>? matches = name is not null && WildcardPattern.ContainsWildcardCharacters(name)
            ? new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch
            : null;
        OrTerminate(() =>
        {
            FindModels.Run(name, matches, CellText.Optional(Provider), Mode, Output, Services.Catalogue);
            return true;
        });
    }
}

using System.Management.Automation;
using Seedance.Input;
using Seedance.Money;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Asks for the balance of an account, one object per pool.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceCredits")]
[OutputType(typeof(SeedanceCredits))]
public sealed class GetSeedanceCreditsCommand : AccountCmdlet
{
    /// <summary>The provider to ask.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>The profile to ask with.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    private protected override int ActivityId => 5005;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ChooseAccount(CellText.Optional(Profile), CellText.Optional(Provider)) is { } account)
        {
            RunOperation(async (output, stop) =>
            {
                try
                {
                    await GetCredits.RunAsync(Services, account, output, stop).ConfigureAwait(false);
                }
                catch (Exception error) when (Unforeseen.IsError(error, stop))
                {
                    output.Error(Unforeseen.Of(error)); // One account of several.
                }
            });
        }
    }
}

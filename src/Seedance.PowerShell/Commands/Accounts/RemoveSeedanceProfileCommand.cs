using System.Management.Automation;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Removes profiles; keys and jobs stay.</summary>
[Cmdlet(VerbsCommon.Remove, "SeedanceProfile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveSeedanceProfileCommand : SeedanceCmdlet
{
    /// <summary>The profiles to remove.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Name { get; set; } = [];

    private protected override int ActivityId => 5008;

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Name)
        {
            if (OrTerminate(() => Services.Profiles.Find(name)) is not { } profile)
            {
                Report(ProfileErrors.NotFound(name));
            }
            else if (ShouldProcess(profile.Name, "Remove the profile"))
            {
                OrTerminate(() =>
                {
                    Services.Profiles.Remove(profile);
                    return true;
                });
            }
        }
    }
}

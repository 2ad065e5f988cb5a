using System.Management.Automation;
using Seedance.Input;
using Seedance.Money;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Lists the profiles.</summary>
[Cmdlet(VerbsCommon.Get, "SeedanceProfile")]
[OutputType(typeof(SeedanceProfile))]
public sealed class GetSeedanceProfileCommand : SeedanceCmdlet
{
    /// <summary>Profiles of this name; wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Name { get; set; }

    private protected override int ActivityId => 5007;

    /// <inheritdoc/>
    private protected override void Process()
    {
        string name = CellText.Optional(Name) ?? "*";
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        int unreadable = 0;
        SeedanceProfile[] found = [.. OrTerminate(() => Services.Profiles.List(Tell)).Where(profile => pattern.IsMatch(profile.Name))];
        if (found.Length + unreadable == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            Report(ProfileErrors.NotFound(name));
        }

        RunOperation((output, stop) => new DescribeProfiles(Services, Environment.GetEnvironmentVariable).RunAsync(found, output, stop));

        void Tell(SeedanceException error)
        {
            if (pattern.IsMatch(error.Target as string ?? string.Empty))
            {
                unreadable++;
                Report(error);
            }
        }
    }
}

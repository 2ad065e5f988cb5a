using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Input;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.Providers;
using Seedance.Setup;

namespace Seedance.PowerShell.Commands;

/// <summary>Looks at all that has to be right before videos can be made. Submits nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SeedanceSetup")]
[OutputType(typeof(SeedanceCheck))]
public sealed class TestSeedanceSetupCommand : AccountCmdlet
{
    /// <summary>Only these providers; all that have a key when none is named.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>Asks no host.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    private protected override int ActivityId => 5026;

    /// <inheritdoc/>
    private protected override void Process()
    {
        SetupAccount[] accounts = [.. Accounts()];
        SetupOptions options = new(Host.Version, Offline.IsPresent);
        RunOperation((output, stop) => new CheckSetup(Services, accounts, options).RunAsync(output, stop));
    }

    /// <summary>What is named, else each profile and each provider whose key is set.</summary>
    private IEnumerable<SetupAccount> Accounts()
    {
        IReadOnlyList<string> named = CellText.List(Provider);
        if (named.Count > 0)
        {
            return OrTerminate(() => AccountNames.Adapters(named))
                .Select(adapter => Account(adapter.Provider.Name, profile: null, adapter.Provider.Name));
        }

        return OrTerminate(() => Services.Profiles.List(Report)).Select(profile => Account(profile.Name, profile.Name, provider: null))
            .Concat(
            ProviderRegistry.All.Select(adapter => adapter.Provider)
                .Where(provider => provider.KeyVariable is { } variable
                    && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
                .Select(provider => Account(provider.Name, profile: null, provider.Name)));
    }

    private SetupAccount Account(string name, string? profile, string? provider)
    {
        try
        {
            return new SetupAccount(name, TryChoose(profile, provider)(), Problem: null);
        }
        catch (SeedanceException error)
        {
            return new SetupAccount(name, Account: null, error);
        }
    }
}

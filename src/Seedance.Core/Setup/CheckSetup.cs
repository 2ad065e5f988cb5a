using Seedance.Accounts;

namespace Seedance.Setup;

/// <summary>
/// Looks at all that has to be right before videos can be made, one object a check. Nothing is submitted, and nothing costs money.
/// </summary>
internal sealed class CheckSetup(SeedanceServices services, IReadOnlyList<SetupAccount> accounts, SetupOptions options)
{
    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        output.Write(EngineCheck.Run(options.EngineVersion));
        output.Write(StateFolderCheck.Run(services.Home));
        output.Write(Keys());
        if (!options.Offline)
        {
            HostCheck host = new(services);
            foreach (Account account in accounts.Select(known => known.Account).OfType<Account>()
                .Where(account => !account.Adapter.Provider.IsSimulator))
            {
                await host.RunAsync(account, output, stop).ConfigureAwait(false);
            }

            output.Write(host.Clock());
        }

        foreach (SeedanceCheck check in await StandingChecks.RunAsync(services, stop).ConfigureAwait(false))
        {
            output.Write(check);
        }
    }

    private SeedanceCheck Keys()
    {
        string[] there = [.. accounts.Where(known => known.Account is not null).Select(known => known.Name)];
        SetupAccount[] wrong = [.. accounts.Where(known => known.Problem is not null)];
        if (wrong.Length > 0)
        {
            return new SeedanceCheck
            {
                Name = "Keys",
                Outcome = CheckResult.Failed,
                Message = string.Join(" ", wrong.Select(known => known.Name + ": " + known.Problem!.Message)),
                RecommendedAction = wrong[0].Problem!.RecommendedAction,
            };
        }

        return there.Length > 0
            ? new SeedanceCheck { Name = "Keys", Message = "There is a key for " + string.Join(", ", there) + "." }
            : new SeedanceCheck
            {
                Name = "Keys",
                Outcome = CheckResult.Warning,
                Message = "No key of any provider is set.",
                RecommendedAction =
                    "Set the variable of your provider, such as MUAPI_API_KEY (about_Seedance_Providers lists them), or try -Provider Simulator, which needs none.",
            };
    }
}

/// <summary>
/// What is to be looked at. <paramref name="EngineVersion"/> is that of the PowerShell that runs this; <paramref name="Offline"/> asks no
/// host.
/// </summary>
internal sealed record SetupOptions(Version EngineVersion, bool Offline);

/// <summary>An account that this machine could use, or why it cannot. The name is that of the provider, or of the profile.</summary>
internal sealed record SetupAccount(string Name, Account? Account, SeedanceException? Problem);

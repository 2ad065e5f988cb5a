using System.Management.Automation;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers the vaults of SecretManagement, where that is installed.</summary>
public sealed class VaultCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => VaultNames.Ask("Get-SecretVault", vault: null);
}

/// <summary>Offers the names of secrets, those of the vault where one is named; never what they hold.</summary>
public sealed class SecretNameCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => VaultNames.Ask("Get-SecretInfo", bound("Vault"));
}

/// <summary>What SecretManagement names.</summary>
internal static class VaultNames
{
    /// <summary>The names that the command writes; none where there is no such command, or it fails.</summary>
    public static IEnumerable<string> Ask(string command, string? vault)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("ErrorAction", "Ignore");
        if (vault is { Length: > 0 })
        {
            shell.AddParameter("Vault", vault);
        }

        try
        {
            return [.. shell.Invoke().Select(item => item?.Properties["Name"]?.Value).OfType<string>()];
        }
        catch (RuntimeException)
        {
            return [];
        }
    }
}

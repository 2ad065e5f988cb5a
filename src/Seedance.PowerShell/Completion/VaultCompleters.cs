using System.Management.Automation;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers the vaults of SecretManagement, where that is installed.</summary>
public sealed class VaultCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => VaultNames.Ask("Get-SecretVault", vault: null);
}

/// <summary>
/// Offers the names of secrets of the vault that is named, never what they hold. Without a vault none is asked: each may be locked or far.
/// </summary>
public sealed class SecretNameCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        bound("Vault") is { Length: > 0 } vault ? VaultNames.Ask("Get-SecretInfo", vault) : [];
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

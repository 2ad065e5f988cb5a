using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Seedance.PowerShell.Session;

/// <summary>
/// Secrets of SecretManagement's vaults, which only the pipeline's thread can ask. It asks before an operation starts; the operation then
/// reads what was found.
/// </summary>
internal sealed class VaultSecrets(CommandInvocationIntrinsics invoke)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, (string? Secret, SeedanceException? Error)> _known = new(StringComparer.Ordinal);

    /// <summary>Asks the vault; on the pipeline's thread only.</summary>
    public string? Ask(string vault, string name)
    {
        Learn(vault, name);
        return Known(vault, name);
    }

    /// <summary>Asks the vault and keeps the answer, a failure too.</summary>
    public void Learn(string vault, string name)
    {
        lock (_gate)
        {
            if (_known.ContainsKey(Key(vault, name)))
            {
                return;
            }
        }

        (string? Secret, SeedanceException? Error) answer;
        try
        {
            answer = (Get(vault, name), null);
        }
        catch (SeedanceException error)
        {
            answer = (null, error);
        }

        lock (_gate)
        {
            _known[Key(vault, name)] = answer;
        }
    }

    /// <summary>What the vault said; from any thread.</summary>
    public string? Known(string vault, string name)
    {
        lock (_gate)
        {
            return !_known.TryGetValue(Key(vault, name), out var answer) ? null : answer.Error is { } error ? throw error : answer.Secret;
        }
    }

    private static string Key(string vault, string name) => vault + "\n" + name;

    private string? Get(string vault, string name)
    {
        if (invoke.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            throw Missing("The key is in a vault, and there is no Get-Secret command to ask it with.",
                "Install the module Microsoft.PowerShell.SecretManagement, or pass -ApiKey.", null);
        }

        Hashtable parameters = new() { ["Name"] = name, ["AsPlainText"] = true, ["ErrorAction"] = "Stop" };
        if (vault.Length > 0)
        {
            parameters["Vault"] = vault;
        }

        try
        {
            IReadOnlyList<PSObject?> found = invoke.InvokeScript(
                "param($parameters) Get-Secret @parameters", false, PipelineResultTypes.None, null, parameters);
            return (found.Count == 1 ? found[0]?.BaseObject as string : null)
                ?? throw Missing("The secret '" + name + "' of the vault '" + vault + "' holds no text.",
                "Store the key as a string or SecureString.", null);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw Missing(
                "The vault '" + vault + "' did not give the secret '" + name + "': " + error.Message.TrimEnd('.') + ".",
                "Check the vault and the name with Get-SecretInfo, and unlock the vault where nobody can type its password.",
                error);
        }
    }

    private static SeedanceException Missing(string text, string action, Exception? cause) =>
        new(ErrorCode.CredentialMissing, text, cause) { RecommendedAction = action };
}

using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using Seedance.Accounts;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell;

/// <summary>A cmdlet that asks one account, chosen by its parameters or by each row of its input.</summary>
public abstract class AccountCmdlet : SeedanceCmdlet
{
    private readonly Dictionary<(string?, string?), Account> _accounts = [];
    private bool _profileByHand;
    private bool _providerByHand;
    private VaultSecrets? _secrets;

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _profileByHand = IsBound("Profile");
        _providerByHand = IsBound("Provider");
    }

    /// <summary>Null when the row names no usable account, which is then reported; what the command line says wrongly ends the command.</summary>
    private protected Account? ChooseAccount(string? profile, string? provider)
    {
        if (_accounts.TryGetValue((profile, provider), out Account? known))
        {
            return known;
        }

        try
        {
            _secrets ??= new VaultSecrets(InvokeCommand);
            AccountSelection selection = new() { Profile = profile, Provider = provider, ApiKey = PlainText(ApiKey) };
            Account account = Services.Accounts(_secrets.Ask).Resolve(selection);
            _accounts.Add((profile, provider), account);
            return account;
        }
        catch (SeedanceException error) when (IsFromRow)
        {
            Report(error);
            return null;
        }
        catch (SeedanceException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw; // Not reached; the compiler cannot know.
        }
    }

    private bool IsFromRow => (IsBound("Profile") && !_profileByHand) || (IsBound("Provider") && !_providerByHand);
}

using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Security;
using Seedance.Accounts;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Cmdlets;

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
    private protected override void Begin()
    {
        _profileByHand = IsBound("Profile");
        _providerByHand = IsBound("Provider");
    }

    /// <summary>
    /// Null when the row names no usable account, which is then reported; what the command line says wrongly ends the command.
    /// </summary>
    private protected Account? ChooseAccount(string? profile, string? provider)
    {
        try
        {
            return Resolve(profile, provider);
        }
        catch (Exception error) when (IsOurs(error) && IsFromRow)
        {
            Report(error);
            return null;
        }
        catch (Exception error) when (IsOurs(error))
        {
            ThrowTerminatingError(ErrorRecords.From(Unforeseen.Of(error)));
            throw; // Not reached; the compiler cannot know.
        }
    }

    /// <summary>
    /// The named accounts, chosen here on the thread that may ask vaults. One that cannot be used is passed over like one that refuses;
    /// where it is the only one and the command line says so, that ends the command.
    /// </summary>
    private protected IReadOnlyList<AccountChoice> ChooseAccounts(IReadOnlyList<(string? Profile, string? Provider)> names) =>
        [.. names.Select(name => Choose(name.Profile, name.Provider, alone: names.Count == 1))];

    private AccountChoice Choose(string? profile, string? provider, bool alone)
    {
        AccountChoice choice = new(profile, provider);
        try
        {
            return choice with { Account = Resolve(profile, provider) };
        }
        catch (Exception error) when (IsOurs(error) && (!alone || IsFromRow))
        {
            return choice with { Refusal = Unforeseen.Of(error) };
        }
        catch (Exception error) when (IsOurs(error))
        {
            ThrowTerminatingError(ErrorRecords.From(Unforeseen.Of(error)));
            throw; // Not reached; the compiler cannot know.
        }
    }

    /// <summary>The account, or the reason why it cannot be chosen, for an operation that passes over such accounts.</summary>
    private protected Func<Account> TryChoose(string? profile, string? provider)
    {
        try
        {
            Account account = Resolve(profile, provider);
            return () => account;
        }
        catch (Exception error) when (IsOurs(error))
        {
            ExceptionDispatchInfo cause = ExceptionDispatchInfo.Capture(error);
            return () =>
            {
                cause.Throw();
                return null!; // Not reached; the compiler cannot know.
            };
        }
    }

    private Account Resolve(string? profile, string? provider)
    {
        if (!_accounts.TryGetValue((profile, provider), out Account? account))
        {
            _secrets ??= new VaultSecrets(InvokeCommand);
            account = Services.Accounts(_secrets.Ask)
                .Resolve(new AccountSelection { Profile = profile, Provider = provider, ApiKey = PlainText(ApiKey) });
            _accounts.Add((profile, provider), account);
        }

        return account;
    }

    /// <summary>Whether the account is a row's, so that one that cannot be used is that row's error.</summary>
    private protected virtual bool IsFromRow => (IsBound("Profile") && !_profileByHand) || (IsBound("Provider") && !_providerByHand);
}

using Seedance.Catalogue;
using Seedance.Providers;
using Seedance.Spending;

namespace Seedance.Accounts;

/// <summary>
/// Decides which account a command means, in the order of the documentation, and never falls back to the simulator.
/// <paramref name="secret"/> reads one from a vault by vault and name; null when there is none or no vault can be asked.
/// </summary>
internal sealed class AccountResolver(
    ProfileStore profiles, Func<string, string?> variable, Func<string, string, string?> secret, ModelCatalogue? catalogue = null)
{
    public Account Resolve(AccountSelection selection) => Resolve(selection, needsKey: true);

    /// <summary>An account by which nobody can be asked: for who only wants to know whose it is.</summary>
    public Account ResolveWithoutKey(AccountSelection selection) => Resolve(selection, needsKey: false);

    private Account Resolve(AccountSelection selection, bool needsKey)
    {
        SeedanceProfile? profile = ChooseProfile(selection);
        IProviderAdapter adapter = ChooseProvider(selection, profile);
        Uri baseUri = selection.Endpoint is not { } recorded ? BaseUri(adapter.Provider, profile)
            : needsKey ? Recorded(recorded, adapter.Provider, profile, selection)
            : recorded;
        string? secondVariable = adapter.Provider.SecondKeyVariable is { } usual ? profile?.SecondKeyVariable ?? usual : null;
        string? second = secondVariable is null ? null : variable(secondVariable);
        return new Account(adapter, baseUri, needsKey ? Key(selection, profile, adapter.Provider) : null,
            second is { Length: > 0 } ? Clean(second, adapter.Provider) : null)
        {
            Profile = profile?.Name,
            SecondKeyVariable = secondVariable,
            DefaultModel = profile?.Model,
            Catalogue = catalogue ?? ModelCatalogue.BuiltIn,
            Concurrency = profile?.Concurrency ?? adapter.Provider.Concurrency,
            RepeatsServerErrors = profile?.RetryServerError == true && adapter.Provider.ServerErrorWithoutIdCreatesNothing,
            Caps = profile is null ? null : SpendCaps.Of(profile),
            Network = new NetworkSettings
            {
                Proxy = profile?.Proxy,
                NoProxy = profile?.NoProxy ?? false,
                Compression = adapter.Provider.AcceptsCompression,
            },
        };
    }

    /// <summary>Checks an address that a key will be sent to, and that records will name.</summary>
    public static Uri CheckAddress(Uri address, string origin)
    {
        if (address.IsAbsoluteUri && address.UserInfo.Length > 0)
        {
            throw new SeedanceException(
                ErrorCode.InvalidProfile, origin + " holds a user name or password, which every record of a job would keep.")
            {
                RecommendedAction = "Leave them out of the address.",
            };
        }

        if (address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return address;
        }

        throw new SeedanceException(
            ErrorCode.InvalidProfile,
            string.Format(CultureInfo.InvariantCulture, "{0} is '{1}', which is neither https nor http on loopback.", origin, address))
        {
            RecommendedAction = "Use an https address: a key would travel readable over plain http.",
        };
    }

    /// <summary>
    /// Checks the address in the object of a job of which there is no record here. Such an object may come from anywhere, and a key goes
    /// with the next question: only where this machine would send it of itself, or to a simulator.
    /// </summary>
    public void CheckGiven(SeedanceJob job)
    {
        SeedanceProfile? profile = job.Profile is { Length: > 0 } name ? profiles.Find(name) : null;
        ProviderInfo provider = ChooseProvider(new AccountSelection { Provider = job.Provider }, profile).Provider;
        if (job.Endpoint is { } named && !named.IsLoopback && !IsOf(named, provider, profile))
        {
            throw ElsewhereMade(CheckAddress(named, "The address in the object of a job at " + provider.Name), provider, profile);
        }
    }

    /// <summary>The environment variable that replaces a provider's base address.</summary>
    public static string AddressVariable(ProviderInfo provider) => "SEEDANCE_" + provider.Name.ToUpperInvariant() + "_URL";

    private SeedanceProfile? ChooseProfile(AccountSelection selection)
    {
        if (selection.Profile is not { Length: > 0 } name)
        {
            return selection.Provider is { Length: > 0 } ? null : profiles.Default();
        }

        SeedanceProfile profile = profiles.Find(name)
            ?? throw new SeedanceException(ErrorCode.ProfileNotFound, "There is no profile named '" + name + "'.")
        {
            RecommendedAction = "Run Get-SeedanceProfile to see the profiles, or Set-SeedanceProfile to make one.",
            Target = name,
        };
        return selection.Provider is null or "" || string.Equals(profile.Provider, selection.Provider, StringComparison.OrdinalIgnoreCase)
            ? profile
            : throw new SeedanceException(
                ErrorCode.InvalidProfile,
                string.Format(CultureInfo.InvariantCulture, "The profile '{0}' is for {1}, not for {2}.", profile.Name, profile.Provider,
                    selection.Provider))
            {
                RecommendedAction = "Leave out -Provider, or name a profile of that provider.",
            };
    }

    private IProviderAdapter ChooseProvider(AccountSelection selection, SeedanceProfile? profile)
    {
        if ((profile?.Provider ?? selection.Provider) is { Length: > 0 } name)
        {
            return ProviderRegistry.Find(name)
                ?? throw new SeedanceException(ErrorCode.InvalidRequest, "There is no provider named '" + name + "'.")
            {
                RecommendedAction = "Known are: " + string.Join(", ", ProviderRegistry.All.Select(known => known.Provider.Name)) + ".",
                Target = name,
            };
        }

        IProviderAdapter[] withKey =
            [.. ProviderRegistry.All.Where(known => known.Provider.KeyVariable is { } key && variable(key) is { Length: > 0 })];
        // A key given by hand says nothing of whose it is; a guess would show it to a stranger.
        return withKey.Length == 1 && selection.ApiKey is not { Length: > 0 } ? withKey[0] : throw NotChosen(withKey);
    }

    private static SeedanceException NotChosen(IReadOnlyCollection<IProviderAdapter> withKey)
    {
        string found = withKey.Count == 0
            ? "none of the key variables is set ("
                + string.Join(", ",
                ProviderRegistry.All.Select(known => known.Provider.KeyVariable).OfType<string>().Distinct(StringComparer.Ordinal)) + ")"
            : "several providers have a key ("
                + string.Join(", ", withKey.Select(known => known.Provider.Name + " by " + known.Provider.KeyVariable)) + ")";
        return new SeedanceException(
            ErrorCode.ProviderNotChosen,
            "No provider was chosen: neither -Profile nor -Provider was given, there is no default profile, and " + found + ".")
        {
            RecommendedAction =
                "Name one with -Provider or -Profile, or make a default with Set-SeedanceProfile -Default. To try without a key: -Provider Simulator.",
        };
    }

    /// <summary>
    /// A record is a file that anybody may have edited, and the account may have moved since: the key of now goes to the provider's own
    /// address or to the one that the account names now. The simulator's opens nothing else and may go anywhere.
    /// </summary>
    private Uri Recorded(Uri address, ProviderInfo provider, SeedanceProfile? profile, AccountSelection selection)
    {
        bool isPublic = provider.IsSimulator || selection.ApiKey == SimulatorEnvironment.Key;
        return address == provider.BaseUri ? address
            : CheckAddress(address, "The address in the record of a job at " + provider.Name) is var whole
                && (isPublic || IsOf(whole, provider, profile)) ? whole
            : throw ElsewhereMade(whole, provider, profile);
    }

    private bool IsOf(Uri address, ProviderInfo provider, SeedanceProfile? profile) =>
        IsSameHost(address, provider.BaseUri) || IsSameHost(address, BaseUri(provider, profile));

    private static bool IsSameHost(Uri one, Uri other) =>
        one.IsAbsoluteUri && one.GetLeftPart(UriPartial.Authority) == other.GetLeftPart(UriPartial.Authority);

    private SeedanceException ElsewhereMade(Uri address, ProviderInfo provider, SeedanceProfile? profile) => new(
        ErrorCode.InvalidProfile,
        string.Format(
            CultureInfo.InvariantCulture, "The job was made at {0}, and {1} is asked at {2} now. No key was sent to the other address.",
            address, provider.Name, BaseUri(provider, profile)))
    {
        Provider = provider.Name,
        RecommendedAction = profile is null
            ? string.Format(CultureInfo.InvariantCulture, "If {0} may have the key, run the command with $env:{1} = '{0}'.",
                address.AbsoluteUri, AddressVariable(provider))
            : string.Format(CultureInfo.InvariantCulture, "If {0} may have the key, run Set-SeedanceProfile -Name {1} -BaseUri {0} first.",
                address.AbsoluteUri, profile.Name),
    };

    private Uri BaseUri(ProviderInfo provider, SeedanceProfile? profile)
    {
        if (profile?.BaseUri is { } own)
        {
            return CheckAddress(own, "The base address of the profile '" + profile.Name + "'");
        }

        string name = AddressVariable(provider);
        if (variable(name) is not { Length: > 0 } text)
        {
            return provider.BaseUri;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? CheckAddress(address, name)
            : throw new SeedanceException(ErrorCode.InvalidProfile, "The environment variable " + name + " holds no address.")
            {
                RecommendedAction = "Set it to an https address, or to http on loopback, or remove it.",
            };
    }

    private string? Key(AccountSelection selection, SeedanceProfile? profile, ProviderInfo provider)
    {
        if (provider.KeyVariable is null)
        {
            return null;
        }

        if (selection.ApiKey is { Length: > 0 } given)
        {
            return Clean(given, provider);
        }

        string? found;
        string looked;
        if (profile?.SecretName is { Length: > 0 } name)
        {
            string vault = profile.Vault ?? string.Empty;
            found = secret(vault, name);
            looked = string.Format(CultureInfo.InvariantCulture, "the secret '{0}' of the vault '{1}'", name, vault);
        }
        else
        {
            string key = profile?.KeyVariable ?? provider.KeyVariable;
            found = variable(key);
            looked = "the environment variable " + key;
        }

        return found is { Length: > 0 } ? Clean(found, provider) : throw new SeedanceException(
            ErrorCode.CredentialMissing,
            string.Format(CultureInfo.InvariantCulture, "There is no key for {0}: {1} is not set.", provider.Name, looked))
        {
            Provider = provider.Name,
            RecommendedAction = "Set " + provider.KeyVariable + ", pass -ApiKey, or point a profile at the key with Set-SeedanceProfile.",
        };
    }

    /// <summary>
    /// A header holds printable ASCII; anything else in a key was copied along, and would look like a network that is gone.
    /// </summary>
    private static string Clean(string key, ProviderInfo provider)
    {
        string trimmed = key.Trim();
        int at = trimmed.ToList().FindIndex(character => character is < '!' or > '~');
        return at < 0 ? trimmed : throw new SeedanceException(
            ErrorCode.CredentialMissing,
            string.Format(CultureInfo.InvariantCulture, "The key for {0} cannot be one: character {1} of it is {2}.", provider.Name,
                at + 1, Describe(trimmed[at])))
        {
            Provider = provider.Name,
            RecommendedAction = "Copy the key again, alone and on one line; a file that it is read from must be plain text.",
        };
    }

    /// <summary>Never the character itself, which may be invisible or a part of the key.</summary>
    private static string Describe(char character) => character switch
    {
        ' ' => "a blank",
        '\r' or '\n' => "a line break",
        '\t' => "a tab",
        '\uFEFF' => "a byte order mark (U+FEFF)",
        '\u200B' or '\u200C' or '\u200D' or '\u2060' =>
            string.Format(CultureInfo.InvariantCulture, "an invisible character (U+{0:X4})", (int)character),
        _ when char.IsControl(character) => string.Format(CultureInfo.InvariantCulture, "a control character (U+{0:X4})", (int)character),
        _ => string.Format(CultureInfo.InvariantCulture, "outside ASCII (U+{0:X4})", (int)character),
    };
}

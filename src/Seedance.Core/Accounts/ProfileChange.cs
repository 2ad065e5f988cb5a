using System.Text.RegularExpressions;
using Seedance.Providers;

namespace Seedance.Accounts;

/// <summary>What a user wants of a profile. Only settings that were named change; a null or blank one goes back to the default.</summary>
internal sealed class ProfileChange(string name)
{
    private static readonly Regex s_variable = new(
        "^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
    private readonly List<Func<SeedanceProfile, SeedanceProfile>> _steps = [];
    private string? _provider;

    public void Provider(string? value) => _provider = value;

    public void BaseUri(Uri? value) =>
        Add(profile =>
            profile with { BaseUri = value is null
            ? null
            : Plain(AccountResolver.CheckAddress(value, "The base address of the profile '" + name + "'"), "-BaseUri") });

    public void KeyVariable(string? value) =>
        Add(profile => profile with { KeyVariable = VariableName(Blank(value)), Vault = null, SecretName = null });

    public void Vault(string? value) => Add(profile => profile with { Vault = Blank(value), KeyVariable = null });

    public void SecretName(string? value) => Add(profile => profile with { SecretName = Blank(value), KeyVariable = null });

    public void Model(string? value) => Add(profile => profile with { Model = Blank(value) });

    public void Concurrency(int? value) => Add(profile => profile with { Concurrency = value });

    public void MaxCostPerDay(decimal? value) => Add(profile => profile with { MaxCostPerDay = value });

    public void MaxCostPerMonth(decimal? value) => Add(profile => profile with { MaxCostPerMonth = value });

    public void CostUnit(string? value) => Add(profile => profile with { CostUnit = Blank(value) });

    public void MaxJobsPerDay(int? value) => Add(profile => profile with { MaxJobsPerDay = value });

    public void MaxJobsPerMonth(int? value) => Add(profile => profile with { MaxJobsPerMonth = value });

    public void MaxSecondsPerDay(int? value) => Add(profile => profile with { MaxSecondsPerDay = value });

    public void MaxSecondsPerMonth(int? value) => Add(profile => profile with { MaxSecondsPerMonth = value });

    public void SecondKeyVariable(string? value) => Add(profile => profile with { SecondKeyVariable = VariableName(Blank(value)) });

    public void Proxy(Uri? value) => Add(profile => profile with { Proxy = value is null ? null : ProxyAddress(value), NoProxy = false });

    public void NoProxy(bool value) => Add(profile => profile with { NoProxy = value, Proxy = value ? null : profile.Proxy });

    public void RetryServerError(bool value) => Add(profile => profile with { RetryServerError = value });

    public void Default(bool value) => Add(profile => profile with { IsDefault = value });

    /// <summary>The profile as it would be saved. Throws when it cannot be.</summary>
    public SeedanceProfile ApplyTo(SeedanceProfile? existing)
    {
        SeedanceProfile profile = existing ?? new SeedanceProfile { Name = name };
        if ((_provider ?? existing?.Provider) is not { Length: > 0 } provider)
        {
            throw Invalid("The profile '" + name + "' does not exist yet, and -Provider was not given.",
                "Add -Provider with one of: " + Known() + ".");
        }

        ProviderInfo host = ProviderRegistry.Find(provider)?.Provider
            ?? throw Invalid("There is no provider named '" + provider + "'.", "Known are: " + Known() + ".");
        profile = profile with { Provider = host.Name };
        foreach (Func<SeedanceProfile, SeedanceProfile> step in _steps)
        {
            profile = step(profile);
        }

        if (profile.RetryServerError && !host.ServerErrorWithoutIdCreatesNothing)
        {
            throw Invalid(
                host.Name + " does not promise that its server errors made no job, so a submit that ended in one is never sent again.",
                "Leave out -RetryServerError, or take it off with -RetryServerError:$false.");
        }

        return profile.Vault is null || profile.SecretName is not null
            ? profile
            : throw Invalid("The profile '" + name + "' names the vault '" + profile.Vault + "' and no secret in it.", "Add -SecretName.");
    }

    private void Add(Func<SeedanceProfile, SeedanceProfile> step) => _steps.Add(step);

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value!.Trim();

    private static string Known() => string.Join(", ", ProviderRegistry.All.Select(adapter => adapter.Provider.Name));

    /// <summary>The value is not shown: whoever gives a wrong name here has often pasted the key itself.</summary>
    private static string? VariableName(string? value) => value is null || s_variable.IsMatch(value)
        ? value
        : throw Invalid(
            "What was given is not the name of an environment variable.",
            "Give the variable's name, such as MUAPI_API_KEY, never the key itself. If that was a key, it now stands in your command history: replace it.");

    /// <summary>What is stored must be used, or what was to go through the proxy would go around it.</summary>
    private static Uri ProxyAddress(Uri address) => ProfileStore.IsProxy(Plain(address, "-Proxy"))
        ? address
        : throw Invalid("-Proxy is '" + address.OriginalString + "', which is no http or https address.",
            "Give it as http://host:port; proxies of other kinds are not used.");

    private static Uri Plain(Uri address, string parameter) => !address.IsAbsoluteUri || address.UserInfo.Length == 0
        ? address
        : throw Invalid(parameter + " holds a user name or password, and profiles hold no secrets.", "Leave them out of the address.");

    private static SeedanceException Invalid(string text, string action) =>
        new(ErrorCode.InvalidProfile, text) { RecommendedAction = action };
}

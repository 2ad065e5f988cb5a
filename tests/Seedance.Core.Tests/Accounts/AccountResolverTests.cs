using Seedance.Accounts;

namespace Seedance.Core.Tests.Accounts;

public sealed class AccountResolverTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-accounts-").FullName;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly ProfileStore _profiles;

    public AccountResolverTests() => _profiles = new ProfileStore(_home);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Resolve_NothingSaid_NamesWhatWasLookedAtAndNeverFallsBackToTheSimulator()
    {
        SeedanceException error = Refused(new AccountSelection());

        Assert.Equal(ErrorCode.ProviderNotChosen, error.Code);
        Assert.Contains("MUAPI_API_KEY", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Provider Simulator", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_OnlyOneKeyIsSet_TakesThatProvider()
    {
        _variables["MUAPI_API_KEY"] = "k";

        Assert.Equal("Muapi", Resolve(new AccountSelection()).Provider);
    }

    [Fact]
    public void Resolve_TwoKeysAreSet_IsNotChosen()
    {
        _variables["MUAPI_API_KEY"] = "k";
        _variables["SEEDANCE_API_KEY"] = "k";

        Assert.Contains("several", Refused(new AccountSelection()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_DefaultProfile_WinsOverALoneKeyButNotOverAProvider()
    {
        _variables["MUAPI_API_KEY"] = "k";
        _variables["STUDIO"] = "k2";
        _profiles.Save(
            new SeedanceProfile { Name = "studio", Provider = "Seedance2Ai", KeyVariable = "STUDIO", IsDefault = true, Concurrency = 2 });

        Account byDefault = Resolve(new AccountSelection());
        Assert.Equal(("Seedance2Ai", "studio", 2), (byDefault.Provider, byDefault.Profile, byDefault.Concurrency));
        Assert.Equal("Muapi", Resolve(new AccountSelection { Provider = "muapi" }).Provider);
    }

    [Theory]
    [InlineData("http://api.muapi.ai/api/v1")]
    [InlineData("http://10.0.0.7/muapi")]
    [InlineData("ftp://api.muapi.ai/")]
    [InlineData("/api/v1")]
    public void Resolve_RecordedAddressThatWouldShowTheKey_IsRefused(string address)
    {
        _variables["MUAPI_API_KEY"] = "k";

        SeedanceException error =
            Refused(new AccountSelection { Provider = "Muapi", Endpoint = new Uri(address, UriKind.RelativeOrAbsolute) });

        Assert.Equal(ErrorCode.InvalidProfile, error.Code);
        Assert.Contains("record of a job", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Muapi", "https://proxy.example/muapi")]
    [InlineData("Muapi", "http://127.0.0.1:5000/muapi")]
    [InlineData("Simulator", "http://simulator.invalid/simulator")]
    public void Resolve_RecordedAddressThatIsTheAccountsNow_IsWhereTheJobIsAskedFor(string provider, string address)
    {
        _variables["MUAPI_API_KEY"] = "k";
        _variables["SEEDANCE_MUAPI_URL"] = address;

        Assert.Equal(new Uri(address), Resolve(new AccountSelection { Provider = provider, Endpoint = new Uri(address) }).BaseUri);
    }

    [Fact]
    public void Resolve_UnknownProfile_IsProfileNotFound() =>
        Assert.Equal(ErrorCode.ProfileNotFound, Refused(new AccountSelection { Profile = "none" }).Code);

    [Fact]
    public void Resolve_UnknownProvider_ListsTheKnownOnes()
    {
        SeedanceException error = Refused(new AccountSelection { Provider = "Acme" });

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("Muapi", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NoKey_IsCredentialMissingAndNamesTheVariable()
    {
        SeedanceException error = Refused(new AccountSelection { Provider = "Muapi" });

        Assert.Equal(ErrorCode.CredentialMissing, error.Code);
        Assert.Contains("MUAPI_API_KEY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_SecretOfAVault_IsAskedByNameAndNeverWritten()
    {
        _profiles.Save(new SeedanceProfile { Name = "v", Provider = "Muapi", Vault = "Prod", SecretName = "muapi" });
        AccountResolver resolver = new(
            _profiles, Variable, (vault, name) => vault + "/" + name == "Prod/muapi" ? "vault-secret-key" : null);

        Account account = resolver.Resolve(new AccountSelection { Profile = "v" });

        Assert.Equal("***", account.Redactor.Redact("vault-secret-key"));
        Assert.DoesNotContain("vault-secret-key", File.ReadAllText(Path.Combine(_home, "profiles", "v.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.5/api")]
    [InlineData("ftp://example.org")]
    [InlineData("not an address")]
    public void Resolve_BaseAddressThatWouldLeakTheKey_IsRefused(string address)
    {
        _variables["MUAPI_API_KEY"] = "k";
        _variables["SEEDANCE_MUAPI_URL"] = address;

        Assert.Equal(ErrorCode.InvalidProfile, Refused(new AccountSelection { Provider = "Muapi" }).Code);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/muapi")]
    [InlineData("http://localhost:8080/muapi")]
    [InlineData("http://[::1]:8080/muapi")]
    [InlineData("https://proxy.example/muapi")]
    public void Resolve_BaseAddressOnLoopbackOrHttps_IsUsed(string address)
    {
        _variables["MUAPI_API_KEY"] = "k";
        _variables["SEEDANCE_MUAPI_URL"] = address;

        Assert.Equal(new Uri(address), Resolve(new AccountSelection { Provider = "Muapi" }).BaseUri);
    }

    [Fact]
    public void Resolve_KeyWithALineEnd_IsTrimmed_AndOneWithControlCharactersRefused()
    {
        _variables["MUAPI_API_KEY"] = "key-with-newline\r\n";
        Assert.Equal("***", Resolve(new AccountSelection { Provider = "Muapi" }).Redactor.Redact("key-with-newline"));

        _variables["MUAPI_API_KEY"] = "key\nwith\nnewlines";
        Assert.Equal(ErrorCode.CredentialMissing, Refused(new AccountSelection { Provider = "Muapi" }).Code);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("")]
    [InlineData("a b")]
    public void Save_NameThatCouldLeaveTheFolder_IsRefused(string name) =>
        Assert.Equal(ErrorCode.InvalidProfile,
            Assert.Throws<SeedanceException>(() => _profiles.Save(new SeedanceProfile { Name = name, Provider = "Muapi" })).Code);

    private string? Variable(string name) => _variables.TryGetValue(name, out string? value) ? value : null;

    private Account Resolve(AccountSelection selection) => new AccountResolver(_profiles, Variable, (_, _) => null).Resolve(selection);

    private SeedanceException Refused(AccountSelection selection) => Assert.Throws<SeedanceException>(() => Resolve(selection));
}

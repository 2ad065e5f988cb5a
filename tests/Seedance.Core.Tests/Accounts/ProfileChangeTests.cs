using Seedance.Accounts;

namespace Seedance.Core.Tests.Accounts;

public sealed class ProfileChangeTests
{
    private static readonly SeedanceProfile s_existing = new() { Name = "drafts", Provider = "Muapi", KeyVariable = "MY_KEY",
        Model = "seedance-2-mini", Concurrency = 3, IsDefault = true };

    [Fact]
    public void ApplyTo_NothingNamed_KeepsAll() => Assert.Equal(s_existing, new ProfileChange("drafts").ApplyTo(s_existing));

    [Fact]
    public void ApplyTo_NewProfileWithoutProvider_IsRefused() =>
        Assert.Equal(ErrorCode.InvalidProfile, Assert.Throws<SeedanceException>(() => new ProfileChange("drafts").ApplyTo(null)).Code);

    [Fact]
    public void ApplyTo_ProviderInAnyCase_IsSpelledAsOurs()
    {
        ProfileChange change = new("drafts");
        change.Provider("simulator");

        Assert.Equal("Simulator", change.ApplyTo(null).Provider);
    }

    [Fact]
    public void ApplyTo_BlankValue_GoesBackToTheDefault()
    {
        ProfileChange change = new("drafts");
        change.Model(" ");
        change.Concurrency(null);
        change.Default(false);

        Assert.Equal(s_existing with { Model = null, Concurrency = null, IsDefault = false }, change.ApplyTo(s_existing));
    }

    [Fact]
    public void ApplyTo_Vault_TakesThePlaceOfTheVariable()
    {
        ProfileChange change = new("drafts");
        change.Vault("v");
        change.SecretName("s");

        Assert.Equal(s_existing with { KeyVariable = null, Vault = "v", SecretName = "s" }, change.ApplyTo(s_existing));
    }

    [Fact]
    public void ApplyTo_KeyInsteadOfAVariable_IsRefusedUnseen()
    {
        ProfileChange change = new("drafts");
        change.KeyVariable("sk-secret-0123456789");

        Assert.DoesNotContain(
            "secret", Assert.Throws<SeedanceException>(() => change.ApplyTo(s_existing)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("https://me:word@example.com/")]
    public void ApplyTo_AddressThatLeaksOrHoldsASecret_IsRefused(string address)
    {
        ProfileChange change = new("drafts");
        change.BaseUri(new Uri(address));

        Assert.Equal(ErrorCode.InvalidProfile, Assert.Throws<SeedanceException>(() => change.ApplyTo(s_existing)).Code);
    }

    [Fact]
    public void For_Simulator_SetsAddressesAndOnlyMissingKeys()
    {
        var settings = SimulatorEnvironment.For(new Uri("http://127.0.0.1:8080/"), name => name == "MUAPI_API_KEY" ? "mine" : null);

        Assert.Equal("http://127.0.0.1:8080/muapi", settings["SEEDANCE_MUAPI_URL"]);
        Assert.Equal("http://127.0.0.1:8080/simulator", settings["SEEDANCE_SIMULATOR_URL"]);
        Assert.False(settings.ContainsKey("MUAPI_API_KEY"));
        Assert.Equal(SimulatorEnvironment.Key, settings["SEEDANCE_API_KEY"]);
        Assert.Equal(SimulatorEnvironment.Key, settings["APIYI_ACCESS_TOKEN"]);
    }
}

using Seedance.Accounts;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Accounts;

/// <summary>A setting that cannot be used is an error, never "not set".</summary>
public sealed class ProfileStoreTests : IDisposable
{
    private readonly TestServices _kit = new(new ScriptedHandler());

    public ProfileStoreTests() => _kit.Variables["MUAPI_API_KEY"] = "muapi-canary-key";

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("\"proxy\": \"socks5://127.0.0.1:1080\"", "proxy")]
    [InlineData("\"proxy\": \"proxy.corp:8080\"", "proxy")]
    [InlineData("\"proxy\": \"http://user:pass@proxy.corp:8080\"", "proxy")]
    [InlineData("\"proxy\": 8080", "proxy")]
    [InlineData("\"baseUri\": \"gateway.example/muapi\"", "baseUri")]
    [InlineData("\"baseUri\": \"ftp://gateway.example\"", "baseUri")]
    [InlineData("\"maxCostPerDay\": \"five\"", "maxCostPerDay")]
    [InlineData("\"maxCostPerMonth\": -1", "maxCostPerMonth")]
    [InlineData("\"maxCostPerMonth\": 1e400", "maxCostPerMonth")]
    [InlineData("\"maxJobsPerDay\": 2.5", "maxJobsPerDay")]
    [InlineData("\"maxSecondsPerMonth\": 99999999999", "maxSecondsPerMonth")]
    [InlineData("\"concurrency\": true", "concurrency")]
    [InlineData("\"noProxy\": \"yes\"", "noProxy")]
    [InlineData("\"keyVariable\": 7", "keyVariable")]
    [InlineData("\"secretName\": {}", "secretName")]
    public void Resolve_SettingThatCannotBeUsed_IsAnErrorAndNothingIsSent(string setting, string name)
    {
        Write("studio", "{\"name\":\"studio\",\"provider\":\"Muapi\"," + setting + "}");
        Write("other", """{"name":"other","provider":"Muapi","proxy":null,"maxCostPerDay":"5.5","noProxy":false}""");
        AccountResolver accounts = _kit.Services.Accounts((_, _) => null);

        SeedanceException error = Assert.Throws<SeedanceException>(() => accounts.Resolve(new AccountSelection { Profile = "studio" }));

        Assert.Equal(ErrorCode.InvalidProfile, error.Code);
        Assert.Contains("'" + name + "'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", error.Message, StringComparison.Ordinal);
        Assert.Equal(5.5m, accounts.Resolve(new AccountSelection { Profile = "other" }).Caps!.CostPerDay);
    }

    [Fact]
    public void List_OneProfileIsUnreadable_ShowsTheOthersAndTellsOfIt()
    {
        Write("bad", "{");
        Write("good", """{"name":"good","provider":"Muapi"}""");
        List<SeedanceException> told = [];

        Assert.Equal("good", Assert.Single(_kit.Services.Profiles.List(told.Add)).Name);
        Assert.Equal("bad", Assert.Single(told).Target);
        Assert.Equal("good", _kit.Services.Profiles.Find("GOOD")!.Name);
    }

    [Fact]
    public void Default_CannotBeRead_IsNotPassedOver()
    {
        Write("bad", "{");
        File.WriteAllText(Path.Combine(_kit.Home, "profiles", "default"), "bad");

        Assert.Throws<SeedanceException>(() => _kit.Services.Accounts((_, _) => null).Resolve(new AccountSelection()));
    }

    [Theory]
    [InlineData("socks5://127.0.0.1:1080")]
    [InlineData("proxy.corp:8080")]
    [InlineData("//proxy.corp")]
    public void Proxy_OfAnotherKind_IsRefusedWhenSet(string address)
    {
        ProfileChange change = new("studio");
        change.Provider("Muapi");
        change.Proxy(new Uri(address, UriKind.RelativeOrAbsolute));

        SeedanceException error = Assert.Throws<SeedanceException>(() => change.ApplyTo(existing: null));

        Assert.Equal(ErrorCode.InvalidProfile, error.Code);
        Assert.Contains("http://host:port", error.RecommendedAction!, StringComparison.Ordinal);
    }

    private void Write(string name, string json)
    {
        string folder = Path.Combine(_kit.Home, "profiles");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".json"), json);
    }
}

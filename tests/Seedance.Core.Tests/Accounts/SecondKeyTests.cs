using Seedance.Accounts;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Accounts;

/// <summary>A secret beside the key, and a route that lives at another address than the others.</summary>
public sealed class SecondKeyTests
{
    private const string Second = "acme-second-secret-9876543210";
    private static readonly WireRequest s_elsewhere = WireRequest.Get("self") with { BaseUri = new Uri("https://accounts.acme.example"),
        NeedsSecondKey = true };

    private static readonly AcmeAdapter s_acme = new()
    {
        Provider = new ProviderInfo { Name = "Acme", BaseUri = new Uri("https://acme.example/api"), KeyVariable = "ACME_KEY",
            SecondKeyVariable = "ACME_SECOND" },
    };

    [Fact]
    public void Sign_RouteWithItsOwnSecret_GetsThatOneAlone()
    {
        Account account = new(s_acme, s_acme.Provider.BaseUri, TestServices.Key, Second);

        Assert.Equal([new("Authorization", "Bearer " + Second)], account.Sign(s_elsewhere).Headers);
        Assert.Equal([new("Authorization", "Bearer " + TestServices.Key)], account.Sign(WireRequest.Get("x")).Headers);
    }

    [Fact]
    public void Sign_SecretNotConfigured_SaysWhichVariable()
    {
        Account account = new(s_acme, s_acme.Provider.BaseUri, TestServices.Key) { SecondKeyVariable = "TEAM_SECOND" };

        SeedanceException error = Assert.Throws<SeedanceException>(() => account.Sign(s_elsewhere));

        Assert.Equal(ErrorCode.CredentialMissing, error.Code);
        Assert.Contains("not configured", error.Message, StringComparison.Ordinal);
        Assert.Contains("TEAM_SECOND", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Redactor_BothSecrets_AreMasked() => Assert.Equal(
        "*** and ***",
        new Account(s_acme, s_acme.Provider.BaseUri, TestServices.Key, Second).Redactor.Redact(TestServices.Key + " and " + Second));

    [Theory]
    [InlineData("AtlasCloud", "https://mirror.example/api/v1", "https://mirror.example/public/v1")]
    [InlineData("AtlasCloud", "http://127.0.0.1:8080/atlascloud", "http://127.0.0.1:8080/atlascloud")]
    [InlineData("Apiyi", "https://b.apiyi.example/seedance/api/v3", "https://b.apiyi.example/")]
    public void BaseOf_BalanceBehindAMirror_KeepsItsOwnPath(string provider, string baseUri, string expected)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;

        Assert.Equal(expected,
            new Account(adapter, new Uri(baseUri), TestServices.Key).BaseOf(((IReportsCredits)adapter).BuildCredits()).AbsoluteUri);
    }

    [Theory]
    [InlineData("https://acme.example/api", "https://accounts.acme.example/self")]
    [InlineData("http://127.0.0.1:8080/acme", "http://127.0.0.1:8080/acme/self")]
    [InlineData("https://mirror.example/api", "https://mirror.example/self")]
    [InlineData("https://proxy.example/acme/api/", "https://proxy.example/acme/self")]
    public async Task SendAsync_RouteWithItsOwnBase_FollowsAnAddressThatTheUserSet(string baseUri, string expected)
    {
        ScriptedHandler network = new ScriptedHandler().Answer(200, "{}");
        using HttpClients clients = new(_ => network);
        Account account = new(s_acme, new Uri(baseUri), TestServices.Key, Second);

        await new HttpPipeline(clients, TimeProvider.System)
            .SendAsync(account, s_elsewhere, CallKind.Query, new RecordingOutput(), leaving: null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Assert.Single(network.Requests).Address.AbsoluteUri);
    }
}

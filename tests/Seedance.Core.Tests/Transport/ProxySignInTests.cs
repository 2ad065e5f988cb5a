using Seedance.Accounts;
using Seedance.Money;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Transport;

public sealed class ProxySignInTests
{
    [Theory]
    [InlineData(false)]
#if !TEST_NETSTANDARD // .NET Framework hands on a tunnel's 407 as an answer.
    [InlineData(true)]
#endif
    public async Task Query_ProxyWantsASignIn_NamesTheProxyAndNotTheProvider(bool tunnel)
    {
        ScriptedHandler network = new()
        {
            Otherwise = _ => tunnel
                ? throw new HttpRequestException(HttpRequestError.ProxyTunnelError,
                    "The proxy tunnel request to proxy 'http://proxy.corp:8080/' failed with status code '407'.")
                : ScriptedHandler.Response(407, "<html>sign in</html>"),
        };
        using TestServices kit = new(network);
        IProviderAdapter muapi = ProviderRegistry.Find("Muapi")!;
        Account account = new(muapi, muapi.Provider.BaseUri,
            TestServices.Key) { Network = new NetworkSettings { Proxy = new Uri("http://proxy.corp:8080") } };
        Task asked = GetCredits.RunAsync(kit.Services, account, kit.Output, TestContext.Current.CancellationToken);

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => kit.Time.PassAsync(asked, TimeSpan.FromSeconds(20)));

        Assert.Equal(ErrorCode.ProviderUnavailable, error.Code);
        Assert.Contains("the proxy http://proxy.corp:8080 wants a sign-in (HTTP 407)", error.Message, StringComparison.Ordinal);
        Assert.Contains("proxy", error.RecommendedAction!, StringComparison.Ordinal);
    }
}

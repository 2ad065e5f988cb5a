using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

/// <summary>Submits of profiles with caps.</summary>
public abstract class BudgetSuite : IDisposable
{
    // Five seconds at 720p cost 1 USD at Acme.
    private protected ScriptedHandler Network { get; } = new();

    private protected AcmeHost Host { get; }

    private protected TestServices Kit { get; }

    protected BudgetSuite()
    {
        Host = new AcmeHost(Network);
        Kit = new TestServices(Network);
    }

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Kit.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Account Account(SpendCaps caps, string profile = "studio", Seedance.Providers.IProviderAdapter? adapter = null)
    {
        Account plain = TestServices.Account(adapter);
        return new Account(plain.Adapter, plain.BaseUri, TestServices.Key) { Concurrency = 100, Profile = profile, Caps = caps };
    }

    private protected Task SubmitAsync(Account account, VideoRequest request, SubmitOptions? options = null) =>
        new SubmitVideo(Kit.Services).RunAsync(PrepareSubmit.Run(account, request), options ?? new SubmitOptions(), Kit.Output, Stop);

    private protected static PreparedSubmit Prepared(Account account, string model = "seedance-acme") =>
        PrepareSubmit.Run(account, new VideoRequest { Prompt = "a fox", Model = model, DurationSeconds = 5 });

    private protected Task SubmitAsync(Account? account = null, string model = "seedance-acme", SubmitOptions? options = null) =>
        new SubmitVideo(Kit.Services)
            .RunAsync(Prepared(account ?? TestServices.Account(), model), options ?? new SubmitOptions(), Kit.Output, Stop);
}

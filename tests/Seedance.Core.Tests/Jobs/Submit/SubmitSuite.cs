using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Submits over a scripted network and a state folder of their own.</summary>
public abstract class SubmitSuite : IDisposable
{
    private protected const string Accepted = """{"id":"task-1"}""";

    private protected static VideoRequest MuapiRequest { get; } = new() { Prompt = "a fox", Model = "seedance-2-mini" };

    private protected ScriptedHandler Network { get; } = new();

    private protected TestServices Kit { get; }

    protected SubmitSuite() => Kit = new TestServices(Network);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected string[] OpenRecords => File.Exists(Path.Combine(Kit.Home, "seedance.db")) ? Kit.Rows.Documents() : [];

    public void Dispose()
    {
        Kit.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static VideoRequest Request() => new() { Prompt = "a fox in snow", Model = "seedance-acme" };

    private protected static Account Muapi(bool repeats)
    {
        IProviderAdapter adapter = ProviderRegistry.Find("Muapi")!;
        return new Account(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 5, RepeatsServerErrors = repeats };
    }

    private protected async Task SubmitAsync(
        Account? account = null, VideoRequest? request = null, SubmitOptions? options = null, bool moveClock = false,
        CancellationToken? stop = null, TestServices? kit = null)
    {
        kit ??= Kit;
        PreparedSubmit prepared = PrepareSubmit.Run(account ?? TestServices.Account(), request ?? Request());
        Task run = new SubmitVideo(kit.Services).RunAsync(prepared, options ?? new SubmitOptions(), kit.Output, stop ?? Stop);
        await (moveClock ? kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(20)) : run); // Never to the deadline of a request.
    }
}

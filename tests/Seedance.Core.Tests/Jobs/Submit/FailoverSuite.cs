using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Submits to several accounts in order, each at a scripted host.</summary>
public abstract class FailoverSuite : IDisposable
{
    private protected const string Accepted = """{"id":"task-1"}""";

    private protected static VideoRequest RealRequest { get; } = new() { Prompt = "a fox", Model = "seedance-2.0" };

    private protected static VideoRequest PlainRequest { get; } = new() { Prompt = "a fox", Model = "seedance-acme" };

    private protected ScriptedHandler Network { get; } = new();

    private protected TestServices Kit { get; }

    protected FailoverSuite() => Kit = new TestServices(Network);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected string[] Hosts => [.. Network.Requests.Select(request => request.Address.Host)];

    public void Dispose()
    {
        Kit.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static SubmitCandidate Candidate(string provider, string profile, SpendCaps? caps = null, string unit = "USD")
    {
        AcmeAdapter plain = new();
        AcmeAdapter adapter = new()
        {
            Provider = plain.Provider with { Name = provider,
                BaseUri = new Uri("https://" + provider.ToLowerInvariant() + ".example/api") },
            Models = [plain.Models[0] with { Price = plain.Models[0].Price! with { Unit = unit } }],
        };
        Account account = new(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 5, Profile = profile, Caps = caps };
        return SubmitCandidate.Of(new AccountChoice(profile, provider) { Account = account }, PlainRequest);
    }

    /// <summary>As a command makes it: named by its profile where it has one.</summary>
    private protected SubmitCandidate Real(string name, bool isProfile = false)
    {
        AccountChoice choice = isProfile ? new(name, null) : new(null, name);
        try
        {
            Account account = Kit.Services.Accounts((_, _) => null)
                .Resolve(new AccountSelection { Profile = choice.Profile, Provider = choice.Provider });
            return SubmitCandidate.Of(choice with { Account = account }, RealRequest);
        }
        catch (SeedanceException error)
        {
            return SubmitCandidate.Of(choice with { Refusal = error }, RealRequest);
        }
    }

    private protected async Task OneAsync(VideoRequest request, int occurrence, string profile = "p1")
    {
        Account account = new(new AcmeAdapter(), new AcmeAdapter().Provider.BaseUri, TestServices.Key) { Concurrency = 50,
            Profile = profile };
        await new SubmitVideo(Kit.Services)
            .RunAsync(PrepareSubmit.Run(account, request), new SubmitOptions { Reuse = true, Occurrence = occurrence }, Kit.Output, Stop);
    }

    private protected async Task SubmitAsync(
        SubmitCandidate[]? candidates = null, SubmitOptions? options = null, VideoRequest? request = null)
    {
        SubmitRow row = new(
            request ?? PlainRequest, candidates ?? [Candidate("First", "p1"), Candidate("Second", "p2")], options ?? new SubmitOptions());
        Task run = new SubmitVideo(Kit.Services).RunAsync(row, Kit.Output, Stop);
        await Kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(20));
    }
}

using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class FailoverTests : IDisposable
{
    private const string Accepted = """{"id":"task-1"}""";
    private static readonly VideoRequest s_real = new() { Prompt = "a fox", Model = "seedance-2.0" };
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-acme" };
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public FailoverTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Hosts => [.. _network.Requests.Select(request => request.Address.Host)];

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_FirstTakesIt_NobodyElseIsAsked()
    {
        _network.Answer(200, Accepted);
        await SubmitAsync();

        Assert.Equal("First", Assert.Single(_kit.Output.Jobs).Provider);
        Assert.Empty(_kit.Output.Jobs[0].Attempts);
        Assert.Equal(["first.example"], Hosts);
    }

    [Theory]
    [InlineData(401, ErrorCode.AuthenticationFailed)]
    [InlineData(402, ErrorCode.InsufficientCredits)]
    [InlineData(404, ErrorCode.ModelNotFound)]
    public async Task RunAsync_FirstRefusesForItsOwnReasons_TheNextTakesItAndTheJobSaysWhy(int status, ErrorCode code)
    {
        _network.Answer(status, """{"message":"no"}""").Answer(200, Accepted);
        await SubmitAsync();

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal("Second", job.Provider);
        JobAttempt attempt = Assert.Single(job.Attempts);
        Assert.Equal(("First", "p1", code.ToString()), (attempt.Provider, attempt.Profile, attempt.Code));
        Assert.Contains("no", attempt.Message, StringComparison.Ordinal);
        StoredJob? stored = await _kit.Services.Store.FindAsync(job.Id, Stop);
        Assert.Equal(attempt, Assert.Single(stored!.Job.Attempts));
        Assert.Empty(_kit.Output.Errors);
        Assert.Equal("Second", Assert.Single(await _kit.Services.Store.SumSpendAsync(null, null, Stop)).Key.Provider);
    }

    [Fact]
    public async Task RunAsync_FirstCannotBeReached_TheNextTakesIt()
    {
        _network.RefuseConnection().RefuseConnection().RefuseConnection().Answer(200, Accepted);
        await SubmitAsync();

        Assert.Equal("Second", Assert.Single(_kit.Output.Jobs).Provider);
    }

    [Fact]
    public async Task RunAsync_FirstThrottlesPastItsTime_TheNextTakesIt()
    {
        _network.Answer(429, "{}").Answer(429, "{}").Answer(429, "{}").Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(["first.example", "first.example", "first.example", "second.example"], Hosts);
        Assert.Equal(nameof(ErrorCode.RateLimited), Assert.Single(Assert.Single(_kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_OutcomeUnknown_NeverGoesToTheNext()
    {
        _network.ResetAfterBody();
        await SubmitAsync();
        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(_kit.Output.Errors).Code);

        // Nor does the same request in a second run, while the first one's fate is open.
        await SubmitAsync();
        Assert.Equal(["first.example"], Hosts);
    }

    [Fact]
    public async Task RunAsync_RequestIsWrong_NeverGoesToTheNext()
    {
        _network.Answer(400, ScriptedHandler.Refusal);
        await SubmitAsync();

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(["first.example"], Hosts);
    }

    [Fact]
    public async Task RunAsync_FirstCannotEvenBePrepared_TheNextTakesIt()
    {
        _network.Answer(200, Accepted);
        SubmitCandidate broken = SubmitCandidate.Of(
            new AccountChoice(
                null, "First") { Refusal = new SeedanceException(ErrorCode.CredentialMissing, "There is no key for First.") }, s_request);
        await SubmitAsync([broken, Candidate("Second", "p2")]);

        Assert.Equal(nameof(ErrorCode.CredentialMissing), Assert.Single(Assert.Single(_kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_FirstIsOutOfBudget_TheNextTakesIt()
    {
        _network.Answer(200, Accepted);
        await SubmitAsync([Candidate("First", "p1", new SpendCaps("p1") { CostPerDay = 0.5m }), Candidate("Second", "p2")]);

        Assert.Equal(nameof(ErrorCode.OverBudget), Assert.Single(Assert.Single(_kit.Output.Jobs).Attempts).Code);
    }

    [Fact]
    public async Task RunAsync_OneLimitInTwoUnits_IsRefusedBeforeAnythingIsSent()
    {
        _network.Answer(200, Accepted);
        SubmitCandidate[] candidates = [Candidate("First", "p1", unit: "credits"), Candidate("Second", "p2")];
        await SubmitAsync(candidates, new SubmitOptions { MaxCost = 100 });

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("100 credits at First and 100 USD at Second", error.Message, StringComparison.Ordinal);
        Assert.Empty(Hosts);

        await SubmitAsync(candidates, new SubmitOptions { MaxCost = 100, Force = true });
        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_OneLimitInOneUnit_HoldsAtEach()
    {
        _network.Answer(402, ScriptedHandler.Refusal).Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { MaxCost = 1 });

        Assert.Equal("Second", Assert.Single(_kit.Output.Jobs).Provider);
    }

    [Fact]
    public async Task RunAsync_NobodyTakesIt_IsOneErrorThatNamesAll()
    {
        _network.Answer(401, "{}").Answer(402, ScriptedHandler.Refusal);
        await SubmitAsync();

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Contains("First", error.Message, StringComparison.Ordinal);
        Assert.Contains("Second", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InsufficientCredits, error.Code);
        Assert.Empty(await _kit.Services.Store.SumSpendAsync(null, null, Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_SecondRunOfWhatTheSecondTook_AttachesToIt(bool reuse)
    {
        SubmitOptions options = reuse ? new SubmitOptions { Reuse = true } : new SubmitOptions { ClientToken = "row-1" };
        _network.Answer(402, ScriptedHandler.Refusal).Answer(200, Accepted);
        await SubmitAsync(options: options);
        await SubmitAsync(options: options);

        Assert.Equal(2, _network.Requests.Count);
        Assert.Equal(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[1].Id);
        Assert.Empty(_kit.Output.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_TakersKeyIsMissingByNow_GivesTheJobThatExists(bool reuse)
    {
        _kit.Variables["MUAPI_API_KEY"] = _kit.Variables["REPLICATE_API_TOKEN"] = TestServices.Key;
        SubmitOptions options = reuse ? new SubmitOptions { Reuse = true } : new SubmitOptions { ClientToken = "row-1" };
        _network.Answer(402, ScriptedHandler.Refusal).Answer(201, """{"id":"p1","status":"starting"}""");
        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, s_real);
        _kit.Variables.Remove("REPLICATE_API_TOKEN");

        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, s_real);

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal("Replicate", _kit.Output.Jobs[0].Provider);
        Assert.Equal(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[1].Id);
        Assert.Contains("key", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_TakersKeyIsMissingAndItsAddressIsAnother_TakesNoStrangersJob()
    {
        _kit.Variables["MUAPI_API_KEY"] = _kit.Variables["REPLICATE_API_TOKEN"] = TestServices.Key;
        SubmitOptions options = new() { Reuse = true };
        _network.Answer(402, ScriptedHandler.Refusal).Answer(201, """{"id":"p1","status":"starting"}""");
        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, s_real);
        _kit.Variables.Remove("REPLICATE_API_TOKEN");
        _kit.Variables["SEEDANCE_REPLICATE_URL"] = "https://gateway.example/replicate";

        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, s_real);

        Assert.Single(_kit.Output.Jobs);
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_SecondRunByProfilesThatTheSecondTook_AttachesToIt()
    {
        _kit.Variables["MUAPI_API_KEY"] = TestServices.Key;
        _kit.Services.Profiles.Save(new SeedanceProfile { Name = "one", Provider = "Muapi" });
        _kit.Services.Profiles.Save(new SeedanceProfile { Name = "two", Provider = "Muapi" });
        SubmitOptions options = new() { Reuse = true };
        _network.Answer(402, ScriptedHandler.Refusal).Answer(200, """{"request_id":"r1","status":"processing"}""");
        await SubmitAsync([Real("one", isProfile: true), Real("two", isProfile: true)], options, s_real);
        await SubmitAsync([Real("one", isProfile: true), Real("two", isProfile: true)], options, s_real);

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal("two", _kit.Output.Jobs[0].Profile);
        Assert.Equal(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[1].Id);
    }

    [Fact]
    public async Task Reuse_SameRequestTwice_AttachesAndOthersDoNot()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(200, "{\"id\":\"" + Guid.NewGuid().ToString("N") + "\"}");
        await OneAsync(s_request, 0);
        await OneAsync(s_request, 0);
        Assert.Single(_network.Requests);

        await OneAsync(s_request, 1);
        await OneAsync(s_request with { Seed = 4 }, 0);
        await OneAsync(s_request, 0, profile: "p2");
        Assert.Equal(4, _network.Requests.Count);
        Assert.Equal(4, _kit.Output.Jobs.Select(job => job.Id).Distinct().Count());
    }

    [Fact]
    public async Task Reuse_LocalFile_CountsByItsContentAndNotItsPlace()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8];
        string here = Path.Combine(_kit.Home, "a.png"), there = Path.Combine(_kit.Home, "b.png");
        await File.WriteAllBytesAsync(here, picture, Stop);
        await File.WriteAllBytesAsync(there, picture, Stop);
        string first = await TokenAsync(here);
        Assert.Equal(first, await TokenAsync(there));

        await File.WriteAllBytesAsync(there, [.. picture, 9], Stop);
        Assert.NotEqual(first, await TokenAsync(there));

        static Task<string> TokenAsync(string path) => ReuseToken.OfAsync("acme", s_request with { ReferenceImages = [path] }, 0, Stop);
    }

    [Fact]
    public async Task Reuse_OptionsInAnotherOrder_AreTheSameRequest()
    {
        string first = await ReuseToken.OfAsync(
            "acme", s_request with { Options = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2 } }, 0, Stop);
        string second = await ReuseToken.OfAsync(
            "acme", s_request with { Options = new Dictionary<string, object?> { ["b"] = 2, ["a"] = 1 } }, 0, Stop);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Next_EqualRequests_AreCounted()
    {
        RequestCounter counter = new();
        VideoRequest With(string reference) =>
            s_request with { ReferenceImages = [reference], Options = new Dictionary<string, object?> { ["a"] = 1 } };

        (string?, string?)[] one = [(null, "Muapi")], other = [(null, "Seedance2Ai")];
        Assert.Equal([0, 1, 0, 2],
            new[] { counter.Next(one, With("x")), counter.Next(one, With("x")), counter.Next(one, With("y")),
            counter.Next(one, With("x")) });
        Assert.Equal(0, counter.Next(other, With("x")));
    }

    private static SubmitCandidate Candidate(string provider, string profile, SpendCaps? caps = null, string unit = "USD")
    {
        AcmeAdapter plain = new();
        AcmeAdapter adapter = new()
        {
            Provider = plain.Provider with { Name = provider,
                BaseUri = new Uri("https://" + provider.ToLowerInvariant() + ".example/api") },
            Models = [plain.Models[0] with { Price = plain.Models[0].Price! with { Unit = unit } }],
        };
        Account account = new(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 5, Profile = profile, Caps = caps };
        return SubmitCandidate.Of(new AccountChoice(profile, provider) { Account = account }, s_request);
    }

    /// <summary>As a command makes it: named by its profile where it has one.</summary>
    private SubmitCandidate Real(string name, bool isProfile = false)
    {
        AccountChoice choice = isProfile ? new(name, null) : new(null, name);
        try
        {
            Account account = _kit.Services.Accounts((_, _) => null)
                .Resolve(new AccountSelection { Profile = choice.Profile, Provider = choice.Provider });
            return SubmitCandidate.Of(choice with { Account = account }, s_real);
        }
        catch (SeedanceException error)
        {
            return SubmitCandidate.Of(choice with { Refusal = error }, s_real);
        }
    }

    private async Task OneAsync(VideoRequest request, int occurrence, string profile = "p1")
    {
        Account account = new(new AcmeAdapter(), new AcmeAdapter().Provider.BaseUri, TestServices.Key) { Concurrency = 50,
            Profile = profile };
        await new SubmitVideo(_kit.Services)
            .RunAsync(PrepareSubmit.Run(account, request), new SubmitOptions { Reuse = true, Occurrence = occurrence }, _kit.Output, Stop);
    }

    private async Task SubmitAsync(SubmitCandidate[]? candidates = null, SubmitOptions? options = null, VideoRequest? request = null)
    {
        SubmitRow row = new(
            request ?? s_request, candidates ?? [Candidate("First", "p1"), Candidate("Second", "p2")], options ?? new SubmitOptions());
        Task run = new SubmitVideo(_kit.Services).RunAsync(row, _kit.Output, Stop);
        await _kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(20));
    }
}

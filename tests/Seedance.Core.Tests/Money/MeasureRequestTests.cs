using Seedance.Accounts;
using Seedance.Core.Tests.Providers;
using Seedance.Money;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Money;

public sealed class MeasureRequestTests : IDisposable
{
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 10,
        Resolution = "480p" };
    private readonly TaskHost _host;
    private readonly TestServices _kit;

    public MeasureRequestTests()
    {
        ManualTimeProvider time = new();
        _host = new TaskHost(time);
        _kit = new TestServices(_host, time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_PriceList_IsListedAndAsksNobody()
    {
        SeedanceEstimate estimate = await MeasureAsync(new RichAcmeAdapter(), s_request);

        Assert.Equal(
            (1.0m, "USD", "Acme's list", EstimateConfidence.Listed), (estimate.Cost, estimate.Unit, estimate.Source, estimate.Trust));
        Assert.Equal(
            ("Acme", "seedance-acme", "acme-1", true), (estimate.Provider, estimate.Model, estimate.WireModel, estimate.IsPossible));
        Assert.Empty(_host.Log);
        Assert.Empty(Directory.GetFiles(_kit.Home));
    }

    [Fact]
    public async Task RunAsync_HostHasAnEstimate_TheHostsFigureWins()
    {
        RichAcmeAdapter adapter = new();
        SeedanceEstimate estimate = await MeasureAsync(adapter, s_request, () => TestServices.Account(adapter));

        Assert.Equal((0.42m, EstimateConfidence.HostEstimate, "Acme's answer"), (estimate.Cost, estimate.Trust, estimate.Source));
        Assert.Equal(["POST /api/price"], _host.Log);
    }

    [Fact]
    public async Task RunAsync_NoKeyForTheHost_FallsBackToTheListAndSaysWhy()
    {
        SeedanceEstimate estimate = await MeasureAsync(
            new RichAcmeAdapter(), s_request, () => throw new SeedanceException(ErrorCode.CredentialMissing, "There is no key for Acme."));

        Assert.Equal((1.0m, EstimateConfidence.Listed), (estimate.Cost, estimate.Trust));
        Assert.Contains("no key", estimate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"cost":0.41}""", 0.41, EstimateConfidence.HostEstimate)]
    [InlineData(200, """{"detail":"soon"}""", 0.40, EstimateConfidence.Listed)]
    [InlineData(404, """{"detail":"Not Found"}""", 0.40, EstimateConfidence.Listed)]
    public async Task RunAsync_Muapi_AsksTheRouteOfItsSheetAndFallsBackToTheList(
        int status, string body, double dollars, EstimateConfidence confidence)
    {
        IProviderAdapter muapi = ProviderRegistry.Find("Muapi")!;
        using ScriptedHandler handler = new();
        using TestServices kit = new(handler.Answer(status, body));

        SeedanceEstimate estimate = await new MeasureRequest(kit.Services).RunAsync(
            muapi,
            new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini", DurationSeconds = 5, Resolution = "480p" },
            () => TestServices.Account(muapi),
            kit.Output,
            Stop);

        Assert.Equal(((decimal)dollars, "USD", confidence), (estimate.Cost, estimate.Unit, estimate.Trust));
        Assert.Equal(confidence == EstimateConfidence.Listed, estimate.Reason is not null);
        Assert.EndsWith("/models/seedance-2-mini-text-to-video/estimate-cost", Assert.Single(handler.Requests).Address.AbsolutePath,
            StringComparison.Ordinal);
    }

    /// <summary>Muapi's sheet, section 9: two lists for 2.5, 0.60 and 0.34 USD a second at 720p.</summary>
    [Theory]
    [InlineData("seedance-2.5", EstimateConfidence.Disputed)]
    [InlineData("seedance-2-mini", EstimateConfidence.Listed)]
    public async Task RunAsync_ListsThatDifferByFar_AreNotCalledListed(string model, EstimateConfidence confidence) => Assert.Equal(
        confidence,
        (await MeasureAsync(ProviderRegistry.Find("Muapi")!,
            new VideoRequest { Prompt = "a fox", Model = model, DurationSeconds = 5, Resolution = "720p" })).Trust);

    [Theory]
    [InlineData("Muapi", "seedance-2-mini", 48, 5)]
    [InlineData("BytePlus", "seedance-2.0", 90, 10)]
    [InlineData("Apiyi", "seedance-2.0", 90, 15)]
    [InlineData("Seedance2Ai", "seedance-2.0", 45, 3)]
    [InlineData("ModelsLab", "seedance", 52, 5)]
    [InlineData("Replicate", "seedance-2.0", 71, null)]
    public void Rows_FiguresOfTheSheets_AreInTheCatalogue(string provider, string name, int seconds, int? concurrency)
    {
        SeedanceModel row = ProviderRegistry.Find(provider)!.Capability(name, GenerationMode.TextToVideo).Model;

        Assert.Equal((seconds, concurrency), (row.TypicalSeconds, row.Concurrency));
    }

    [Fact]
    public async Task RunAsync_LengthIsLeftToTheHost_AsksNobody()
    {
        RichAcmeAdapter adapter = new();
        VideoRequest open = s_request with { DurationSeconds = null,
            Options = new Dictionary<string, object?>(StringComparer.Ordinal) { ["duration"] = "auto" } };

        SeedanceEstimate estimate = await MeasureAsync(adapter, open, () => TestServices.Account(adapter));

        Assert.Null(estimate.Cost);
        Assert.Contains("length", estimate.Reason, StringComparison.Ordinal);
        Assert.Empty(_host.Log);
    }

    [Fact]
    public async Task RunAsync_NobodyKnows_IsUnknownAndNotZero()
    {
        SeedanceEstimate estimate = await MeasureAsync(new AcmeAdapter(), s_request with { Model = "acme-unlisted" });

        Assert.Null(estimate.Cost);
        Assert.Equal((EstimateConfidence.Unknown, true), (estimate.Trust, estimate.IsPossible));
        Assert.NotNull(estimate.Reason);
    }

    [Fact]
    public async Task RunAsync_ProviderCannotTakeIt_SaysWhyNot()
    {
        SeedanceEstimate estimate = await MeasureAsync(new AcmeAdapter(), s_request with { DurationSeconds = 60 });

        Assert.False(estimate.IsPossible);
        Assert.Null(estimate.Cost);
        Assert.Contains("60", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EveryProviderOfTheRegistry_PricesOrSaysWhyNot()
    {
        foreach (IProviderAdapter adapter in ProviderRegistry.All)
        {
            SeedanceEstimate estimate = await MeasureAsync(
                adapter, new VideoRequest { Prompt = "a fox", Model = "seedance-2.0", DurationSeconds = 5 });

            Assert.True(estimate.Cost is > 0 || estimate.Reason is not null, adapter.Provider.Name);
            Assert.Equal(adapter.Provider.Name == "Simulator", estimate.IsSimulated);
        }
    }

    private Task<SeedanceEstimate> MeasureAsync(IProviderAdapter adapter, VideoRequest request, Func<Account>? account = null) =>
        new MeasureRequest(_kit.Services).RunAsync(adapter, request, account, _kit.Output, Stop);
}

using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Durations;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Money;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Catalogue;

/// <summary>What the rest of the module makes of the user's rows.</summary>
public sealed class UserModelsInUseTests : IDisposable
{
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-9" };
    private readonly TestServices _kit;

    public UserModelsInUseTests()
    {
        ManualTimeProvider time = new();
        _kit = new TestServices(new TaskHost(time), time);
    }

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    public void Dispose() => _kit.Dispose();

    [Fact]
    public void FindModels_ShowsTheRowAndItsSource()
    {
        Write(Row());

        FindModels.Run(new ModelQuery { Name = "seedance-9", Detailed = true }, _kit.Output, _kit.Services.Catalogue);

        SeedanceModel row = Assert.Single(_kit.Output.Of("output").Cast<SeedanceModel>());
        Assert.Equal(("Muapi", "seedance-9-t2v", "your models.json"), (row.Provider, row.WireModel, row.Source));
    }

    [Fact]
    public void FindModels_WrongRow_WarnsOnceAndShowsTheRest()
    {
        Write(Row(), "{}", "{}");

        FindModels.Run(new ModelQuery { Detailed = true }, _kit.Output, _kit.Services.Catalogue);

        Assert.Single(_kit.Output.Of("warning"));
        Assert.Equal(ModelCatalogue.BuiltIn.All.Count() + 1, _kit.Output.Of("output").Count());
    }

    [Fact]
    public void Prepare_OwnRow_ValidatesFillsInAndPrices()
    {
        Write(Row());
        Account account = Muapi();

        PreparedSubmit prepared = PrepareSubmit.Run(account, s_request);

        Assert.Empty(prepared.Warnings);
        Assert.Equal((6, "720p", "1:1"), (prepared.Request.DurationSeconds, prepared.Request.Resolution, prepared.Request.AspectRatio));
        Assert.Equal((1.5m, "USD", "your models.json"), (prepared.Estimate!.Amount, prepared.Estimate.Unit, prepared.Estimate.Source));
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, s_request with { DurationSeconds = 9, Resolution = "4k" }));
        Assert.Contains("9 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("4k", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_RowForABuiltInEndpoint_ReplacesIt()
    {
        SeedanceModel builtIn =
            ProviderRegistry.Find("Muapi")!.Models.First(
            row => row.Model is { Name: "seedance-2-mini", StartsFrom: GenerationMode.TextToVideo }).Model;
        Write(Row("seedance-2-mini", builtIn.WireModel.ToUpperInvariant()));
        Account account = Muapi();

        Assert.Equal(1.5m, PrepareSubmit.Run(account, s_request with { Model = "seedance-2-mini" }).Estimate!.Amount);
        Assert.Equal(account.Adapter.Models.Count, account.Catalogue.RowsOf(account.Adapter).Count);
        Assert.NotNull(account.Catalogue.Find(account.Adapter, "seedance-2-mini", GenerationMode.ImageToVideo, resolution: null));
    }

    [Fact]
    public void Find_BuiltInNameWithAnotherEndpoint_TheUsersRowIsMeant()
    {
        Write(Row("seedance-2-mini"));
        Account account = Muapi();

        Assert.Equal("seedance-9-t2v",
            account.Catalogue.Find(account.Adapter, "seedance-2-mini", GenerationMode.TextToVideo, resolution: null)!.Model.WireModel);
        Assert.Equal(account.Adapter.Models.Count + 1, account.Catalogue.RowsOf(account.Adapter).Count);
    }

    [Fact]
    public void Prepare_WhatTheModelCannot_AdvisesTheUsersRow()
    {
        Write(Row("seedance-9").Replace("[4, 6]", "[4, 6, 44]", StringComparison.Ordinal));

        SeedanceException error =
            Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(Muapi(), s_request with { Model = "seedance-2-mini", DurationSeconds = 44 }));

        Assert.Contains("seedance-9 at Muapi", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_NameThatOnlyAnotherProvidersRowHas_IsNotPassedThrough()
    {
        Write(Row());

        Assert.Equal(
            ErrorCode.ModelNotFound, Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(Resolve("Fal", "FAL_KEY"), s_request)).Code);
    }

    [Fact]
    public void Prepare_OwnWorkflow_IsDescribedByItsRow()
    {
        Write(Row("my-look", "wkf0123abcd", "Wireflow").Replace("\"defaultDuration\": 6, ", string.Empty, StringComparison.Ordinal)
            .Replace("\"aspectRatios\": [\"16:9\", \"1:1\"], \"defaultAspectRatio\": \"1:1\", ", string.Empty, StringComparison.Ordinal)
            .Replace("perSecond", "perClip", StringComparison.Ordinal));
        Account account = Resolve("Wireflow", "WIREFLOW_API_KEY");

        foreach (string name in new[] { "my-look", "wkf0123abcd" })
        {
            PreparedSubmit prepared = PrepareSubmit.Run(account, s_request with { Model = name });
            Assert.Equal(("wkf0123abcd", 0.25m), (prepared.Capability.Model.WireModel, prepared.Estimate!.Amount));
        }

        Assert.Null(PrepareSubmit.Run(account, s_request with { Model = "wkfanother" }).Estimate);
        Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(account, s_request with { Model = "my-look", Resolution = "4k" }));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Prepare_EndpointThatTheAdapterDoesNotKnow_IsBuiltByEveryProvider(string provider)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        Write($$"""{ "provider": "{{provider}}", "name": "seedance-9", "wireModel": "vendor-seedance9", "mode": "TextToVideo", "resolutions": ["720p"], "defaultResolution": "720p" }""");
        Account account = new(adapter, adapter.Provider.BaseUri, TestServices.Key) { Catalogue = _kit.Services.Catalogue };

        PreparedSubmit prepared = PrepareSubmit.Run(account, s_request);

        Assert.Null(account.Catalogue.Problem);
        Assert.Empty(prepared.Warnings);
        Assert.Equal("vendor-seedance9", prepared.Capability.Model.WireModel);
        Assert.NotNull(adapter.BuildSubmit(prepared.Request, prepared.Capability.Model));
    }

    [Fact]
    public void Completions_OfferTheRow()
    {
        Write(Row());
        ModelCatalogue catalogue = _kit.Services.Catalogue;

        Assert.Contains("seedance-9", Completions.Models(null, catalogue));
        Assert.Contains("seedance-9-t2v", Completions.WireModels("Muapi", catalogue));
        Assert.Equal(["480p", "720p"], Completions.Resolutions("Muapi", "seedance-9", catalogue));
        Assert.Equal(["16:9", "1:1"], Completions.AspectRatios(null, "seedance-9", catalogue));
    }

    [Fact]
    public async Task Measure_WithoutAKey_PricesByTheRow()
    {
        Write(Row());

        SeedanceEstimate estimate = await new MeasureRequest(_kit.Services).RunAsync(
            ProviderRegistry.Find("Muapi")!, s_request, account: null, _kit.Output, CancellationToken.None);

        Assert.Equal((1.5m, "your models.json", EstimateConfidence.Listed), (estimate.Cost, estimate.Source, estimate.Trust));
    }

    [Fact]
    public void History_NothingSeen_ExpectsTheRowsTime()
    {
        Write(Row());
        SeedanceJob job = new() { Id = "x", Provider = "Muapi", Model = "seedance-9", WireModel = "seedance-9-t2v",
            StartsFrom = GenerationMode.TextToVideo };

        ExpectedTime expected = _kit.Services.History.For(job, Muapi()).Expected;

        Assert.InRange(expected.Median.TotalSeconds, 299, 301);
    }

    private static string Row(string name = "seedance-9", string wireModel = "seedance-9-t2v", string provider = "Muapi") =>
        $$"""
        { "provider": "{{provider}}", "name": "{{name}}", "wireModel": "{{wireModel}}", "mode": "TextToVideo", "durations": [4, 6], "defaultDuration": 6, "resolutions": ["480p", "720p"], "defaultResolution": "720p", "aspectRatios": ["16:9", "1:1"], "defaultAspectRatio": "1:1", "typicalSeconds": 300, "price": { "unit": "USD", "perSecond": 0.25 } }
        """;

    private Account Muapi() => Resolve("Muapi", "MUAPI_API_KEY");

    private Account Resolve(string provider, string variable)
    {
        _kit.Variables[variable] = TestServices.Key;
        return _kit.Services.Accounts((_, _) => null).Resolve(new AccountSelection { Provider = provider });
    }

    private void Write(params string[] rows) =>
        File.WriteAllText(Path.Combine(_kit.Home, "models.json"), "{ \"version\": 1, \"models\": [" + string.Join(",\n", rows) + "] }");
}

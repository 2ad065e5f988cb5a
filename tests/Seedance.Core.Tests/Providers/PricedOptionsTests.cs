using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Providers;

/// <summary>What was priced is what is sent: no option overrules a parameter that the price was made from.</summary>
public sealed class PricedOptionsTests
{
    public static TheoryData<string, string, object, string> Overruling => new()
    {
        { "Muapi", "duration", 12, "-Duration" },
        { "Muapi", "Duration", 12, "-Duration" },
        { "Muapi", "resolution", "1080p", "-Resolution" },
        { "Muapi", "quality", "high", "-Resolution" },
        { "Muapi", "is_test", true, "-Sandbox" },
        { "BytePlus", "duration", 12, "-Duration" },
        { "BytePlus", "resolution", "4k", "-Resolution" },
        { "BytePlus", "generate_audio", false, "-NoAudio" },
        { "Volcengine", "duration", 12, "-Duration" },
        { "Apiyi", "duration", 12, "-Duration" },
        { "Apiyi", "RESOLUTION", "1080p", "-Resolution" },
        { "AtlasCloud", "duration", 12, "-Duration" },
        { "AtlasCloud", "resolution", "4k", "-Resolution" },
        { "AtlasCloud", "reference_videos", new[] { "https://e/v" }, "-ReferenceVideo" },
        { "Seedance2Ai", "duration", "15s", "-Duration" },
        { "Seedance2Ai", "upscaleResolution", "4k", "-Upscale" },
        { "Seedance2Ai", "videoUrls", new[] { "https://e/v" }, "-ReferenceVideo" },
        { "Fal", "duration", "15", "-Duration" },
        { "Fal", "video_urls", new[] { "https://e/v" }, "-ReferenceVideo" },
        { "Replicate", "duration", 12, "-Duration" },
        { "Replicate", "resolution", "1080p", "-Resolution" },
        { "ModelsLab", "duration", 10, "-Duration" },
        { "ModelsLab", "init_video", new[] { "https://e/v" }, "-ReferenceVideo" },
        { "Simulator", "duration", 12, "-Duration" },
        { "Simulator", "resolution", "1080p", "-Resolution" },
    };

    [Theory]
    [MemberData(nameof(Overruling), DisableDiscoveryEnumeration = true)]
    public void Prepare_OptionThatOverrulesAParameter_IsRefusedBeforeAnythingIsSent(
        string provider, string option, object value, string parameter)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => Prepare(provider, (option, value)));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
        Assert.Contains(parameter, error.RecommendedAction, StringComparison.Ordinal);
    }

    /// <summary>Whatever the length and the resolution change in a message decides its price, at hosts that are yet to come, too.</summary>
    [Theory]
    [MemberData(nameof(AdapterAgainstSimulatorTests.Catalogued), MemberType = typeof(AdapterAgainstSimulatorTests))]
    public void BuildSubmit_OptionOfAFieldThatTheLengthOrTheResolutionDecides_IsRefused(string provider)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        SeedanceModel model = adapter.Models.First(row => row.Model.StartsFrom == GenerationMode.TextToVideo).Model;
        VideoRequest request = new()
        {
            Prompt = "a kite", Model = model.Name, DurationSeconds = model.DefaultDuration, Resolution = model.DefaultResolution,
            AspectRatio = model.DefaultAspectRatio,
        };
        int other = model.Durations.Count > 0
            ? model.Durations.First(length => length != model.DefaultDuration)
            : model.MaxDuration!.Value;
        IEnumerable<VideoRequest> others = [request with { DurationSeconds = other },
            .. model.Resolutions.Where(name => name != model.DefaultResolution).Select(name => request with { Resolution = name })];

        Dictionary<string, string> plain = Fields(adapter, request, model);
        KeyValuePair<string, string>[] decided =
            [.. others.SelectMany(asked => Fields(adapter, asked, model))
                .Where(field => plain.GetValueOrDefault(field.Key) != field.Value)];

        Assert.NotEmpty(decided);
        Assert.All(decided, field => Assert.Throws<SeedanceException>(() => adapter.BuildSubmit(
            request with { Options = new Dictionary<string, object?> { [field.Key] = field.Value } }, model)));
    }

    /// <summary>The plain fields of the message, at any depth but in no list.</summary>
    private static Dictionary<string, string> Fields(IProviderAdapter adapter, VideoRequest request, SeedanceModel model) =>
        Fields(adapter.BuildSubmit(request, model).Json!).ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Fields(JsonObject part) => part.SelectMany(field => field.Value switch
    {
        JsonObject inner => Fields(inner),
        JsonValue value => [new(field.Key, value.ToString())],
        _ => [],
    });

    [Theory]
    [InlineData("BytePlus")]
    [InlineData("Apiyi")]
    [InlineData("AtlasCloud")]
    [InlineData("Simulator")]
    public void Prepare_ModelInAnyCase_IsRefused(string provider) =>
        Assert.Throws<SeedanceException>(() => Prepare(provider, ("Model", "other")));

    [Fact]
    public void Prepare_OptionThatSaysTheSameOtherwise_IsSentAsItIs()
    {
        PreparedSubmit prepared = Prepare("ModelsLab", ("duration", "5"));

        Assert.Equal(
            "\"5\"", prepared.Account.Adapter.BuildSubmit(prepared.Request, prepared.Capability.Model).Json!["duration"]!.ToJsonString());
    }

    [Theory]
    [InlineData("BytePlus", "duration", -1)]
    [InlineData("BytePlus", "frames", 289)]
    [InlineData("BytePlus", "draft_task", "cgt-1")]
    [InlineData("Apiyi", "duration", "-1")]
    [InlineData("Fal", "duration", "auto")]
    [InlineData("Replicate", "duration", -1)]
    public void Prepare_LengthThatTheHostSettles_IsSentAndHasNeitherPriceNorSeconds(string provider, string option, object value)
    {
        PreparedSubmit prepared = Prepare(provider, (option, value));

        Assert.NotNull(Prepare(provider).Estimate);
        Assert.Null(prepared.Estimate);
        Assert.Contains("Generate 5 s", Prepare(provider).Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain("5 s", prepared.Describe(), StringComparison.Ordinal);
        Assert.Null(SpendEntry.Of(SpendEvent.Reserve, new SeedanceJob { Request = prepared.Request }).Seconds);
        Assert.Equal(
            ErrorCode.PriceUnknown,
            Assert.Throws<SeedanceException>(() => Budget.CheckCall(prepared, new SubmitOptions { MaxCost = 100 })).Code);
    }

    private static PreparedSubmit Prepare(string provider, params (string Name, object? Value)[] options)
    {
        VideoRequest request = new()
        {
            Prompt = "a kite over cliffs",
            Model = provider switch { "ModelsLab" => "seedance", "Muapi" => "seedance-2-mini", "Simulator" => "seedance-sim",
                _ => "seedance-2.0" },
            DurationSeconds = 5,
            Options = options.ToDictionary(option => option.Name, option => option.Value),
        };
        return PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find(provider)!), request);
    }
}

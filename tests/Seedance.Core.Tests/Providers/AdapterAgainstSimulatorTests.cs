using Seedance.Models;
using Seedance.Providers;
using Seedance.Simulator;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Transport;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Providers;

/// <summary>
/// Every row of the catalogue, asked for all it offers, against the simulator's own reading of the same sheets: two readings, no shared
/// type.
/// </summary>
public sealed class AdapterAgainstSimulatorTests
{
    private const string Image = "https://ex.org/a.png";

    /// <summary>Endpoints that the simulator has not: what they take is documented nowhere.</summary>
    private static readonly string[] s_notSimulated = ["seedance-2.5-video-edit", "seedance-2.5-video-extend"];

    /// <summary>The sheets' own "cost not reported".</summary>
    private static readonly string[] s_tellsNoCost = ["ModelsLab", "Fal", "Replicate"];

    /// <summary>All but the one whose models are workflows of the user's own.</summary>
    public static TheoryData<string> Catalogued => [.. ProviderRegistry.Names.Where(name => name != "Wireflow")];

    [Theory]
    [MemberData(nameof(Catalogued))]
    public async Task Row_AskedForAllItOffers_IsTakenAndEnds(string provider)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        List<string> refused = [];
        foreach (ModelCapability row in adapter.Models)
        {
            ManualTimeProvider time = new();
            SimulatorEngine engine =
                new(new SimulatorOptions { Time = time, RequiredKey = provider == "Simulator" ? null : "KEY", Balance = 1_000_000 });
            using HttpMessageInvoker host = new(new SimulatorHandler(engine));
            Uri address = new("http://simulator.invalid/" + provider.ToLowerInvariant());

            WireResponse answer = await SendAsync(
                host, address, adapter.Sign(adapter.BuildSubmit(FullRequest(row.Model), row.Model), "KEY"));
            if (!answer.IsSuccess)
            {
                if (!(answer.Status == 404 && s_notSimulated.Contains(row.Model.WireModel)))
                {
                    refused.Add(row.Model.WireModel + " " + row.Model.StartsFrom + ": " + answer.Status + " " + answer.Excerpt());
                }

                continue;
            }

            SubmitReading submitted = adapter.ReadSubmit(answer);
            time.Advance(TimeSpan.FromMinutes(10));
            PollReading reading = await PollAsync(host, address, adapter, row.Model, submitted);
            if (reading.Update is not { Status: JobStatus.Succeeded, Outputs.Count: > 0 } update)
            {
                refused.Add(row.Model.WireModel + " ended as " + reading.Update + reading.Error);
            }
            else if (update.Cost is null && !s_tellsNoCost.Contains(provider))
            {
                refused.Add(row.Model.WireModel + " names no cost; a host whose documents have none is listed in s_tellsNoCost.");
            }
        }

        Assert.True(refused.Count == 0, string.Join("\n", refused));
    }

    [Theory]
    [MemberData(nameof(Catalogued))]
    public async Task Poll_FaultOfTheSimulator_ReachesTheAnswer(string provider)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        SeedanceModel model = adapter.Models.First(row => row.Model.StartsFrom == GenerationMode.TextToVideo).Model;
        SimulatorEngine engine = new(new SimulatorOptions
        {
            Time = new ManualTimeProvider(), Balance = 1_000_000, Faults = [SimulatorFault.Parse("poll:1 unknown-status")],
        });
        using HttpMessageInvoker host = new(new SimulatorHandler(engine));
        Uri address = new("http://simulator.invalid/" + provider.ToLowerInvariant());
        SubmitReading submitted = adapter.ReadSubmit(
            await SendAsync(host, address, adapter.Sign(adapter.BuildSubmit(FullRequest(model), model), "KEY")));

        PollReading reading = await PollAsync(host, address, adapter, model, submitted);

        Assert.True(
            engine.Snapshot().Fired(SimulatorFaultKind.UnknownStatus) > 0,
            "The dialect answers a poll without SimulatorCall.View, so that no fault reaches the answer.");
        Assert.Null(reading.Update!.Status);
    }

    private static async Task<PollReading> PollAsync(
        HttpMessageInvoker host, Uri address, IProviderAdapter adapter, SeedanceModel model, SubmitReading submitted)
    {
        ProviderJob job = new() { Id = submitted.ProviderJobId!, WireModel = model.WireModel,
            Notes = submitted.Notes ?? new Dictionary<string, string>() };
        PollReading reading = adapter.ReadPoll(job, await SendAsync(host, address, adapter.Sign(adapter.BuildPoll(job), "KEY")));
        return reading.FollowUp is { } next
            ? adapter.ReadPoll(job, await SendAsync(host, address, adapter.Sign(next, "KEY")))
            : reading;
    }

    private static VideoRequest FullRequest(SeedanceModel model)
    {
        bool Has(string feature) => model.Features.Contains(feature);
        VideoRequest request = new()
        {
            // Watermark removers take none.
            Prompt = model is { PromptOptional: true, StartsFrom: GenerationMode.Edit } ? string.Empty : "a kite over cliffs",
            DurationSeconds = model.DefaultDuration,
            Resolution = model.DefaultResolution,
            AspectRatio = model.DefaultAspectRatio,
            GenerateAudio = Has("Audio") ? true : null,
            Seed = Has("Seed") ? 7 : null,
            CameraFixed = Has("CameraFixed") ? true : null,
            HighBitrate = Has("HighBitrate") ? true : null,
            Upscale = Has("Upscale") ? "2k" : null,
            CallbackUri = Has("Callback") ? new Uri("https://hooks.example.org/m") : null,
            Sandbox = Has("Sandbox"),
            ReferenceImages =
                [.. Enumerable.Repeat(
                Image, model.MaxReferences is { } most ? Math.Min(most - 6, model.MaxReferenceImages) : model.MaxReferenceImages)],
            ReferenceVideos = [.. Enumerable.Repeat("https://ex.org/v.mp4", model.MaxReferenceVideos)],
            ReferenceAudios = [.. Enumerable.Repeat("https://ex.org/s.mp3", model.MaxReferenceAudios)],
        };
        return model.StartsFrom switch
        {
            GenerationMode.ImageToVideo => request with { Image = Image },
            GenerationMode.FirstLastFrame => request with { Image = Image, LastFrame = Image },
            GenerationMode.Extend when model.MaxReferenceVideos == 0 =>
                request with { Options = new Dictionary<string, object?> { ["request_id"] = "req_0" } },
            _ => request,
        };
    }

    private static async Task<WireResponse> SendAsync(HttpMessageInvoker host, Uri address, WireRequest request)
    {
        using HttpRequestMessage message = HttpMessages.Build(address, request, out _);
        using HttpResponseMessage answer = await host.SendAsync(message, TestContext.Current.CancellationToken);
        return new WireResponse
        {
            Status = (int)answer.StatusCode,
            Headers = answer.Headers.ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            Bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
        };
    }
}

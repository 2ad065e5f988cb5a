using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Seedance.Transport;

namespace Seedance.Core.Tests.Transport;

public sealed class ExchangeTelemetryTests
{
    private static readonly ExchangeRecord s_submit = new(
        "Muapi", Profile: null, ProviderVerb.Submit, "POST", "https://api.muapi.ai/api/v1/x")
    {
        At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Took = TimeSpan.FromSeconds(2),
        Try = 1,
        Jobs = ["telemetry-job"],
        Model = "telemetry-model",
        RetryIn = TimeSpan.FromSeconds(1),
        Refusal = new SeedanceException(ErrorCode.RateLimited, "slow down"),
    };

    [Fact]
    public void OnExchange_SomebodyListens_IsASpanByTheConventions()
    {
        ConcurrentQueue<Activity> seen = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == ExchangeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        new ExchangeTelemetry().OnExchange(s_submit);

        Activity span = Assert.Single(seen, activity => (string?)activity.GetTagItem("seedance.job.id") == "telemetry-job");
        Assert.Equal(
            ("Submit telemetry-model", ActivityKind.Client, TimeSpan.FromSeconds(2)), (span.DisplayName, span.Kind, span.Duration));
        Assert.Equal("muapi", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("telemetry-model", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal("generate_content", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(("RateLimited", ActivityStatusCode.Error), (span.GetTagItem("error.type"), span.Status));
    }

    [Fact]
    public void OnExchange_SomebodyMeasures_HasItsDurationAndRetry()
    {
        ConcurrentQueue<(string Name, double Value)> seen = new();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == ExchangeTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.Start();

        new ExchangeTelemetry().OnExchange(s_submit);

        Assert.Equal([("gen_ai.client.operation.duration", 2.0), ("seedance.client.retries", 1.0)], seen);

        void Note(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == "gen_ai.request.model" && (string?)tag.Value == "telemetry-model")
                {
                    seen.Enqueue((name, value));
                }
            }
        }
    }
}

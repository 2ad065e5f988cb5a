using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Seedance.Transport;

/// <summary>
/// Shows exchanges to whoever listens by OpenTelemetry: names are those of its conventions for generative AI where it has them (gen_ai.*),
/// and seedance.* beyond. While nobody listens it costs a look at two flags.
/// </summary>
internal sealed class ExchangeTelemetry : IExchangeObserver
{
    /// <summary>Of the source of activities and of the meter.</summary>
    public const string Name = "Seedance";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration", "s", "How long a provider took to answer.");
    private static readonly Counter<long> s_retries = s_meter.CreateCounter<long>(
        "seedance.client.retries", "{retry}", "Exchanges that were tried again.");

    public void OnExchange(ExchangeRecord exchange)
    {
        if (!s_duration.Enabled && !s_retries.Enabled && !s_source.HasListeners())
        {
            return;
        }

        TagList tags = new()
        {
            { "gen_ai.operation.name",
                exchange.Verb == ProviderVerb.Submit ? "generate_content" : "seedance." + exchange.Verb.ToString().ToLowerInvariant() },
            { "gen_ai.provider.name", exchange.Provider.ToLowerInvariant() },
        };
        Add(ref tags, "gen_ai.request.model", exchange.Model);
        Add(ref tags, "error.type", exchange.Refusal?.Code.ToString());
        s_duration.Record(exchange.Took.TotalSeconds, tags);
        if (exchange.RetryIn is not null)
        {
            s_retries.Add(1, tags);
        }

        using Activity? span = s_source.CreateActivity(
            exchange.Model is null ? exchange.Verb.ToString() : exchange.Verb + " " + exchange.Model, ActivityKind.Client,
            parentContext: default, tags, links: null, ActivityIdFormat.W3C);
        if (span is null)
        {
            return;
        }

        span.SetStartTime(exchange.At.UtcDateTime);
        span.Start();
        span.SetTag("server.address", new Uri(exchange.Address).Host);
        span.SetTag("http.request.method", exchange.Method);
        span.SetTag("http.response.status_code", exchange.Response?.Status);
        span.SetTag("seedance.profile", exchange.Profile);
        span.SetTag("seedance.job.id", exchange.Jobs.Count == 1 ? exchange.Jobs[0] : null);
        span.SetTag("seedance.try", exchange.Try);
        if (exchange.Refusal is { } refusal)
        {
            span.SetStatus(ActivityStatusCode.Error, refusal.Code.ToString());
        }

        span.SetEndTime((exchange.At + exchange.Took).UtcDateTime);
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}

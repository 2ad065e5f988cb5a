using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>
/// Sees each exchange with a provider at the one door where it happens. Called on any thread; must return at once and never throw.
/// </summary>
internal interface IExchangeObserver
{
    void OnExchange(ExchangeRecord exchange);
}

/// <summary>One request and what came of it. <paramref name="Address"/> is without its query, which may be signed.</summary>
internal sealed record ExchangeRecord(string Provider, string? Profile, ProviderVerb Verb, string Method, string Address)
{
    public DateTimeOffset At { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Which try of the call it was, from 1.</summary>
    public int Try { get; init; }

    /// <summary>The request's body, bounded and without secrets.</summary>
    public string? Body { get; init; }

    /// <summary>Null where no whole answer came. Its texts come out without secrets.</summary>
    public WireResponse? Response { get; init; }

    /// <summary>Why none came.</summary>
    public string? Failure { get; init; }

    /// <summary>The jobs that it was about, where they have a record.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>The provider's model, where it is known.</summary>
    public string? Model { get; init; }

    /// <summary>What was made of an answer that brought nothing.</summary>
    public SeedanceException? Refusal { get; init; }

    /// <summary>After what pause it is tried again; null where it is not.</summary>
    public TimeSpan? RetryIn { get; init; }
}

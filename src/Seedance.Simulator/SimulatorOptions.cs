using Seedance.Simulator.Faults;

namespace Seedance.Simulator;

/// <summary>How the simulated hosts behave.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The clock of everything: job states, delays, url expiry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a job is queued.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job runs after that.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Unfinished jobs an account may have before a submit is answered 429; 0 takes each dialect's own rule.</summary>
    public int Concurrency { get; init; }

    /// <summary>
    /// Requests per second that the hosts answer, media apart, from a bucket that holds one second's; the others get 429 with Retry-After.
    /// 0 is no such rule.
    /// </summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Size of each video; 0 is the plain clip, more is the clip and a <c>free</c> box up to exactly this size.</summary>
    public long MediaBytes { get; init; }

    /// <summary>What goes wrong, and when.</summary>
    public IReadOnlyList<SimulatorFault> Faults { get; init; } = [];

    /// <summary>The only key that is accepted; null accepts any that is not empty.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>What each account starts with, in the host's unit; null takes 100 USD or 5000 credits, as the dialect counts.</summary>
    public decimal? Balance { get; init; }

    /// <summary>How long a video's url works after its job ended.</summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Where ids, seeds and padding come from; processes that must not share job ids need different seeds.</summary>
    public int Seed { get; init; }

    /// <summary>Keeps every request with its body for <see cref="SimulatorEngine.Requests"/>; leave it off under load.</summary>
    public bool RecordRequests { get; init; }

    /// <summary>
    /// How single hosts behave where their documents disagree; at most one object for each, and none is the first reading of its documents.
    /// </summary>
    public IReadOnlyList<IHostBehaviour> Hosts { get; init; } = [];

    /// <summary>What was chosen for one host.</summary>
    /// <typeparam name="T">The host's own record.</typeparam>
    internal T Host<T>()
        where T : class, IHostBehaviour, new() => Hosts.OfType<T>().FirstOrDefault() ?? new T();
}

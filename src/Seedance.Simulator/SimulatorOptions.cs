using System;
using System.Collections.Generic;

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

    /// <summary>Requests per second that the hosts answer, media apart, from a bucket that holds one second's; the others get 429 with Retry-After. 0 is no such rule.</summary>
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

    /// <summary>How Atlas Cloud wraps its answers.</summary>
    public AtlasCloudShape AtlasCloudShape { get; init; }

    /// <summary>How long after its submit Atlas Cloud answers 404 for a job, as it does for some seconds.</summary>
    public TimeSpan AtlasCloudBlindTime { get; init; }

    /// <summary>Atlas Cloud answers every error with 200 and its number in <c>code</c>.</summary>
    public bool AtlasCloudErrorsIn200 { get; init; }

    /// <summary>fal tells of a failed job when its result is asked for, and not in its status.</summary>
    public bool FalHidesErrors { get; init; }

    /// <summary>Replicate's <c>output</c> is a list with one url instead of the url.</summary>
    public bool ReplicateOutputIsList { get; init; }

    /// <summary>Where Muapi's poll answer has the url.</summary>
    public MuapiOutputShape MuapiOutputShape { get; init; }

    /// <summary>Where Muapi's submit answer has the id.</summary>
    public MuapiIdField MuapiIdField { get; init; }

    /// <summary>Which of Wireflow's routes exist.</summary>
    public WireflowRoutes WireflowRoutes { get; init; }

    /// <summary>Makes <c>/wireflow</c> the bare domain, which redirects every request to <c>/wireflow/www</c>.</summary>
    public bool WireflowRedirects { get; init; }

    /// <summary>Answers ModelsLab's errors with 200, as the host may: only the body's status tells.</summary>
    public bool ModelsLabErrorsIn200 { get; init; }

    /// <summary>Leaves the id out where ModelsLab answers a submit with the video itself, which it does when no time is to pass.</summary>
    public bool ModelsLabOmitsId { get; init; }
}

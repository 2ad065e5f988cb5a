namespace Seedance.Simulator.Tasks;

/// <summary>An accepted job: what was asked for, what it costs, and how it goes on.</summary>
public sealed record SimulatorTask
{
    /// <summary>The dialect that accepted it.</summary>
    public string Dialect { get; init; } = string.Empty;

    /// <summary>The host's id of it.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The prompt; empty when a dialect does not need one.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>Every field of the request as text, nested ones with a dot; the endpoint and query values too.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>How long it is queued.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>How long it runs after that.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>How it will end.</summary>
    public SimulatorTaskOutcome Outcome { get; init; }

    /// <summary>What the host says when it fails.</summary>
    public string? FailureText { get; init; }

    /// <summary>The price in the host's unit.</summary>
    public decimal Price { get; init; }

    /// <summary>Width the host names for the video.</summary>
    public int Width { get; init; }

    /// <summary>Height the host names for the video.</summary>
    public int Height { get; init; }

    /// <summary>Seconds of video that are paid for.</summary>
    public int Seconds { get; init; }

    /// <summary>The seed that was asked for or drawn.</summary>
    public long Seed { get; init; }

    /// <summary>Size of the video's file; 0 is the plain clip.</summary>
    public long MediaBytes { get; init; }

    /// <summary>How long its url works after it ended.</summary>
    public TimeSpan UrlLifetime { get; init; }

    /// <summary>Its media host refuses clients that do not look like a browser.</summary>
    internal bool MediaWantsBrowser { get; init; }

    internal string Account { get; init; } = string.Empty;

    internal DateTimeOffset EndsAt => AcceptedAt + QueueTime + RunTime;

    internal SimulatorTaskState StateAt(DateTimeOffset now) =>
        now < AcceptedAt + QueueTime ? SimulatorTaskState.Queued
        : now < EndsAt || Outcome == SimulatorTaskOutcome.NeverEnds ? SimulatorTaskState.Running
        : Outcome == SimulatorTaskOutcome.Succeeds ? SimulatorTaskState.Succeeded
        : SimulatorTaskState.Failed;
}

using System.Text.RegularExpressions;
using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>What the rest of the module must know of a host, as data.</summary>
internal sealed record ProviderInfo
{
    public required string Name { get; init; }

    public required Uri BaseUri { get; init; }

    /// <summary>The environment variable of its key; null for the simulator, which needs none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Nobody is behind it: what is sent there is simulated whether or not an answer comes.</summary>
    public bool IsSimulator => KeyVariable is null;

    /// <summary>The environment variable of a second secret that some of its routes want instead (APIYI's balance, 2026).</summary>
    public string? SecondKeyVariable { get; init; }

    /// <summary>Used when no model is named; only the simulator has one, so that nobody pays for a model unnamed.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>
    /// Where -Model names something of the user's own, such as a saved workflow: what its id may look like. The catalogue then only
    /// describes, and says nothing about what such an object takes.
    /// </summary>
    public Regex? UserModelId { get; init; }

    /// <summary>Most jobs in flight per account that its documents advise.</summary>
    public int Concurrency { get; init; } = 5;

    /// <summary>True where the host's own guide says that a 5xx without an id created nothing.</summary>
    public bool ServerErrorWithoutIdCreatesNothing { get; init; }

    /// <summary>
    /// Whether a JSON body has the shape that its documents give to a refusal. In front of each host stand gateways that refuse in JSON of
    /// their own, and those do not know whether the host took the job.
    /// </summary>
    public Func<WireNode, bool> IsOwnRefusal { get; init; } = static body => ErrorText.Read(body) is not null;

    /// <summary>Its 429 means that no slot is free, not that requests come too fast: wait for a job to end.</summary>
    public bool TooManyRequestsMeansNoSlot { get; init; }

    /// <summary>The wait after a 429 that names none.</summary>
    public TimeSpan TooManyRequestsPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a submit "not found" may still mean "not yet".</summary>
    public TimeSpan NotFoundGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest interval between two polls of one job that it asks for.</summary>
    public TimeSpan PollFloor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest between two polls of one job; a wrong idea of how long it takes costs no more than this.</summary>
    public TimeSpan PollCeiling { get; init; } = TimeSpan.FromSeconds(15);

    public bool AcceptsCompression { get; init; } = true;

    /// <summary>What its media host wants as User-Agent, where it refuses ours.</summary>
    public string? MediaUserAgent { get; init; }

    /// <summary>How long result addresses work; the shortest common figure where the host says nothing.</summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromHours(24);
}

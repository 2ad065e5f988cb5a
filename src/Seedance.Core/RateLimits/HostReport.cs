namespace Seedance.RateLimits;

/// <summary>What an answer says of the host behind it.</summary>
internal enum HostState
{
    /// <summary>Nothing that others should go by.</summary>
    Unknown,

    /// <summary>It answers.</summary>
    Fine,

    /// <summary>It asks for fewer requests.</summary>
    Throttling,

    /// <summary>It cannot be reached or fails on its side.</summary>
    Failing,
}

/// <summary>
/// What a call learnt of its host, for all that ask it. <paramref name="Pause"/> is how long the host wants to be left alone by everyone.
/// </summary>
internal sealed record HostReport(HostState State, TimeSpan? Pause = null)
{
    private static readonly TimeSpan s_usualPause = TimeSpan.FromSeconds(5); // After a 429 that names none.

    public static HostReport None { get; } = new(HostState.Unknown);

    public static HostReport Fine { get; } = new(HostState.Fine);

    public static HostReport Throttling(TimeSpan? asked) => new(HostState.Throttling, asked ?? s_usualPause);

    public static HostReport Failing(TimeSpan? asked) => new(HostState.Failing, asked);
}

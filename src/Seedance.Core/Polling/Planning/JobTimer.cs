namespace Seedance.Polling;

/// <summary>
/// How old a job is by a clock that only goes forward, from what the wall clock said when its watch began; and how long it took, if its end
/// was seen closely enough to learn from.
/// </summary>
/// <param name="atStart">By the wall clock.</param>
/// <param name="startedAt">By the forward clock.</param>
/// <param name="wallAtStart">To tell later whether the wall clock went its own way.</param>
internal sealed class JobTimer(TimeSpan atStart, TimeSpan startedAt, DateTimeOffset wallAtStart)
{
    private static readonly TimeSpan s_drift = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_wide = TimeSpan.FromSeconds(20);
    private readonly TimeSpan _atStart = atStart > TimeSpan.Zero ? atStart : TimeSpan.Zero; // Made by a clock that is ahead of ours.
    private TimeSpan? _lastSeen;

    public TimeSpan At(TimeSpan now) => _atStart + (now - startedAt);

    /// <summary>It was seen unfinished.</summary>
    public void SeenRunning(TimeSpan now) => _lastSeen = At(now);

    /// <summary>
    /// How long it took: where the host says, if that fits what was seen, else halfway between the last two looks; null when the looks tell
    /// too little.
    /// </summary>
    /// <param name="now">By the forward clock, of the look that saw the end.</param>
    /// <param name="wall">By the wall clock.</param>
    /// <param name="told">By the host's account.</param>
    public TimeSpan? TookUntil(TimeSpan now, DateTimeOffset wall, TimeSpan? told)
    {
        // Where the clocks disagree somebody set one, or the machine slept: then no figure means anything.
        TimeSpan drift = (wall - wallAtStart) - (now - startedAt);
        if (drift.Duration() > s_drift || _lastSeen is not { } from)
        {
            return null;
        }

        TimeSpan to = At(now);
        if (to - from > s_wide && (to - from).TotalSeconds > to.TotalSeconds / 4)
        {
            return null;
        }

        return told is { } exact && exact >= from && exact <= to ? exact : TimeSpan.FromTicks((from.Ticks + to.Ticks) / 2);
    }
}

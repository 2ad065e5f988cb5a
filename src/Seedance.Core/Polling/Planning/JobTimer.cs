namespace Seedance.Polling;

/// <summary>
/// How old a job is by a clock that only goes forward, from what the wall clock said when its watch began; and how long it took, if its end
/// was seen closely enough to learn from. The wall clock's start tells later whether it went its own way.
/// </summary>
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
    /// too little. <paramref name="now"/> is the moment of the look that saw the end, by the forward clock; <paramref name="told"/> is the
    /// host's account.
    /// </summary>
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

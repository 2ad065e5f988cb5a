namespace Seedance.Polling;

/// <summary>How long doubtful answers are not believed: hosts that do not know a job yet, have its end before its file, or a disk that is full for a moment.</summary>
internal static class PollGrace
{
    private static readonly TimeSpan[] s_empty = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    public static PollPatience Of(Watch watch, TimeSpan now) => new(
        BelievesNotFound: Times(watch, PollGap.NotFound) >= 1 && watch.Age.At(now) >= watch.Account.Adapter.Provider.NotFoundGrace,
        BelievesEmpty: Times(watch, PollGap.Empty) >= s_empty.Length,
        BelievesUnrecorded: Times(watch, PollGap.Unrecorded) >= 3);

    /// <summary>When to ask again, where that is not left to the plan.</summary>
    public static TimeSpan? Pause(Watch watch) => Times(watch, PollGap.Empty) is > 0 and int times ? s_empty[Math.Min(times, s_empty.Length) - 1] : null;

    public static void Count(Watch watch, PollResult result)
    {
        if (result.Gap != PollGap.None)
        {
            watch.Gaps = result.Gap == watch.Gap ? watch.Gaps + 1 : 1;
            watch.Gap = result.Gap;
        }
        else if (result.Trouble is null)
        {
            watch.Gaps = 0;
            watch.Gap = PollGap.None;
        }
    }

    private static int Times(Watch watch, PollGap gap) => watch.Gap == gap ? watch.Gaps : 0;
}

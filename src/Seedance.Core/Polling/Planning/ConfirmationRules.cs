namespace Seedance.Polling;

/// <summary>
/// How long doubtful answers are not believed: hosts that do not know a job yet, have its end before its file, or a disk that is full for a
/// moment.
/// </summary>
internal static class ConfirmationRules
{
    private static readonly TimeSpan[] s_empty = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    public static BelievedAnswers Of(PolledJob polled, TimeSpan now) => new(
        NotFound: Times(polled, SuspectAnswer.NotFound) >= 1 && polled.Timer.At(now) >= polled.Account.Adapter.Provider.NotFoundGrace,
        Empty: Times(polled, SuspectAnswer.Empty) >= s_empty.Length,
        Unrecorded: Times(polled, SuspectAnswer.Unrecorded) >= 3);

    /// <summary>When to ask again, where that is not left to the plan.</summary>
    public static TimeSpan? Pause(PolledJob polled) =>
        Times(polled, SuspectAnswer.Empty) is > 0 and int times ? s_empty[Math.Min(times, s_empty.Length) - 1] : null;

    public static void Count(PolledJob polled, PollOutcome outcome)
    {
        if (outcome.Suspect != SuspectAnswer.None)
        {
            polled.TimesSuspect = outcome.Suspect == polled.Suspect ? polled.TimesSuspect + 1 : 1;
            polled.Suspect = outcome.Suspect;
        }
        else if (outcome.TransientError is null)
        {
            polled.TimesSuspect = 0;
            polled.Suspect = SuspectAnswer.None;
        }
    }

    private static int Times(PolledJob polled, SuspectAnswer answer) => polled.Suspect == answer ? polled.TimesSuspect : 0;
}

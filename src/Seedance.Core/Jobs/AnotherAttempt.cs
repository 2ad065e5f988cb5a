namespace Seedance.Jobs;

/// <summary>How to make the video of a job again, in a line that can be pasted.</summary>
internal static class AnotherAttempt
{
    public static string Advice(SeedanceJob job) => job.Request is null
        ? "Submit it anew if it is still wanted; that is a new charge."
        : "To make it again, which is a new charge: New-SeedanceVideo -From " + job.Id;
}

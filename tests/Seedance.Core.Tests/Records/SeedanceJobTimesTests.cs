namespace Seedance.Core.Tests.Records;

/// <summary>What of a job hangs on the clock.</summary>
public sealed class SeedanceJobTimesTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Elapsed_Ended_IsFromTheSubmitToTheEnd() => Assert.Equal(
        TimeSpan.FromSeconds(95),
        new SeedanceJob { CreatedAt = s_begin, SubmittedAt = s_begin.AddSeconds(5), CompletedAt = s_begin.AddSeconds(100) }.Elapsed);

    [Fact]
    public void Elapsed_NotSubmittedNorEnded_IsFromTheRecordToNow() => Assert.InRange(
        new SeedanceJob { CreatedAt = TimeProvider.System.GetUtcNow().AddMinutes(-10) }.Elapsed, TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(11));

    [Fact]
    public void ExpiresIn_NotSaved_IsTheTimeLeftOfTheFirstToLapse()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        SeedanceJob job = new() { State = JobStatus.Succeeded,
            Outputs = [Lapsing(now.AddHours(9)), Lapsing(null), Lapsing(now.AddHours(2))] };
        Assert.InRange(job.ExpiresIn!.Value, TimeSpan.FromMinutes(119), TimeSpan.FromHours(2));
    }

    [Fact]
    public void ExpiresIn_Lapsed_IsLessThanNothing() => Assert.True(
        new SeedanceJob { State = JobStatus.Succeeded, Outputs = [Lapsing(s_begin.AddYears(-1))] }.ExpiresIn < TimeSpan.Zero);

    [Fact]
    public void ExpiresIn_SavedOrUnderWayOrWithoutAnEnd_IsUnknown()
    {
        DateTimeOffset later = TimeProvider.System.GetUtcNow().AddHours(1);
        Assert.Null(new SeedanceJob { State = JobStatus.Succeeded, Outputs = [Lapsing(later) with { Path = "a.mp4" }] }.ExpiresIn);
        Assert.Null(new SeedanceJob { State = JobStatus.Running, Outputs = [Lapsing(later)] }.ExpiresIn);
        Assert.Null(new SeedanceJob { State = JobStatus.Succeeded, Outputs = [Lapsing(null)] }.ExpiresIn);
        Assert.Null(new SeedanceJob { State = JobStatus.Succeeded }.ExpiresIn);
    }

    private static JobOutput Lapsing(DateTimeOffset? at) => new() { ExpiresAt = at };
}

using Seedance.Accounts;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Transport;

/// <summary>How often each kind of call is tried, and after what pauses.</summary>
public sealed class RetryPolicyTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("Submit", "1 2 -")]
    [InlineData("Poll", "-")]
    [InlineData("Cancel", "-")]
    [InlineData("Balance", "1 2 4 -")]
    [InlineData("Upload", "1 2 4 -")]
    public void Next_EachTryFails_PausesDoubleUntilItsKindHasHadEnough(string verb, string pauses)
    {
        RetryCount tries = Count(verb);

        Assert.Equal(
            pauses, string.Join(" ", pauses.Split(' ').Select(_ => Text(tries.Next(RetryReason.Failed, asked: null, chance: 0.5)))));
    }

    [Fact]
    public void Next_NothingSaysThatARepetitionIsSafe_NoneFollows() =>
        Assert.Null(Count("Submit").Next(RetryReason.None, TimeSpan.Zero, 0.5));

    [Fact]
    public void Next_SubmitIsThrottled_GoesOnAsLongAsTheCallerHasPatienceAndUsesUpNoTry()
    {
        RetryCount tries = Count("Submit", TimeSpan.FromSeconds(100));
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(40), tries.Next(RetryReason.Throttled, TimeSpan.FromSeconds(40), 0.5));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), tries.Next(RetryReason.Failed, asked: null, 0.5));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(tries.Next(RetryReason.Throttled, TimeSpan.FromSeconds(40), 0.5));
    }

    [Fact]
    public void Next_HostAsksForLess_SubmitKeepsItsOwnBackOffAndAQueryFollowsTheHost()
    {
        RetryCount submit = Count("Submit");
        _ = submit.Next(RetryReason.Throttled, TimeSpan.Zero, 0.5);

        Assert.Equal(TimeSpan.FromSeconds(2), submit.Next(RetryReason.Throttled, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.Zero, Count("Balance").Next(RetryReason.Throttled, TimeSpan.Zero, 0.5));
        Assert.Null(Count("Balance").Next(RetryReason.Throttled, TimeSpan.FromHours(1), 0.5)); // Not sooner than it may.
    }

    [Fact]
    public void PauseAfter_DownloadsThatFail_NeverRestLongerThanAQuarterOfAMinute() => Assert.Equal(
        [1, 2, 4, 8, 15, 15], Enumerable.Range(1, 6).Select(failed => RetryPolicy.Of(CallKind.Download).PauseAfter(failed).TotalSeconds));

    private static string Text(TimeSpan? pause) => pause is { } wait ? wait.TotalSeconds.ToString(CultureInfo.InvariantCulture) : "-";

    private RetryCount Count(string verb, TimeSpan? patience = null)
    {
        ProviderCall call = new(Enum.Parse<ProviderVerb>(verb), "trying");
        ProviderRequest request = new(
            TestServices.Account(), WireRequest.Get("tasks"), call, new RecordingOutput()) { Patience = patience };
        return new RetryCount(request, RetryPolicy.Of(call.Kind), _time);
    }
}

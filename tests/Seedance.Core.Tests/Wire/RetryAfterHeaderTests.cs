using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 3600)]
    public void Read_Seconds_AreBounded(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(value, s_now, date: null));

    [Theory]
    [InlineData(30, 30)]
    [InlineData(90000, 3600)]
    public void Read_Date_IsMeasuredFromTheAnswer(int ahead, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(Date(ahead), s_now, date: null));

    [Theory]
    [InlineData(-7200)]
    [InlineData(7200)]
    public void Read_DateOfAClockThatIsWrong_IsMeasuredByThatClock(int skew) =>
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfterHeader.Read(Date(skew + 30), s_now, Date(skew)));

    [Theory]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("Sun, 01 Mar 2026 11:58:30 GMT")]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT")]
    public void Read_NoPauseAtAll_IsNoHint(string value) => Assert.Null(RetryAfterHeader.Read(value, s_now, date: null));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    public void Read_Nonsense_IsNoHint(string? value) => Assert.Null(RetryAfterHeader.Read(value, s_now, "no date"));

    private static string Date(int ahead) => s_now.AddSeconds(ahead).ToString("R", CultureInfo.InvariantCulture);
}

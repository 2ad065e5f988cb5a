using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("86400", 3600)]
    public void Read_Seconds_AreBounded(string value, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(value, s_now));

    [Theory]
    [InlineData(30, 30)]
    [InlineData(-30, 0)]
    [InlineData(90000, 3600)]
    public void Read_Date_IsMeasuredFromTheAnswer(int ahead, int seconds)
    {
        string date = s_now.AddSeconds(ahead).ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Read(date, s_now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    public void Read_Nonsense_IsNoHint(string? value) => Assert.Null(RetryAfterHeader.Read(value, s_now));
}

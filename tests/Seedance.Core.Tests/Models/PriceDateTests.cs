using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Core.Tests.Models;

public sealed class PriceDateTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Sources => [.. ProviderRegistry.All.Where(adapter => !adapter.Provider.IsSimulator)
        .SelectMany(adapter => adapter.Models).Select(row => row.Price?.Source).OfType<string>().Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Of_EveryPriceOfTheCatalogue_HasADate(string source) => Assert.NotNull(PriceDate.Of(source));

    [Theory]
    [InlineData("list of 2026-08, confirmed 2026-10-02", "2026-10-02")]
    [InlineData("read 2026-09", "2026-09")]
    [InlineData("seedance-2-0-260128 at 108900 tokens", null)]
    [InlineData("a list", null)]
    public void Of_Source_IsTheLatestDateInIt(string source, string? date) => Assert.Equal(date, PriceDate.Of(source));

    [Theory]
    [InlineData("2026-09-26", true)]
    [InlineData("2026-09-28", false)]
    [InlineData("2026-09", false)]
    [InlineData("2026-08", true)]
    [InlineData("2026-02-31", true)]
    [InlineData("2027-01", false)]
    [InlineData(null, false)]
    public void IsPast_Date_IsSixtyDaysOld(string? date, bool isPast) => Assert.Equal(isPast, PriceDate.IsPast(date, s_now));
}

using Seedance.RateLimits;
using Seedance.TestKit;

namespace Seedance.Core.Tests.RateLimits;

public sealed class SharedPauseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-pause-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly SharedPause _teller;
    private readonly SharedPause _hearer;

    public SharedPauseTests()
    {
        _teller = new SharedPause(Path.Combine(_folder, "pace"), _time);
        _hearer = new SharedPause(Path.Combine(_folder, "pace"), _time);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Hear_AnotherProcessWasTold_IsHeardOnceByEveryoneElse()
    {
        _teller.Tell("acme", TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_hearer.Hear("other"));
        Assert.Equal(TimeSpan.FromSeconds(6), _hearer.Hear("acme"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_hearer.Hear("acme"));
        Assert.Null(_teller.Hear("acme"));
    }

    [Fact]
    public void Hear_WallClockWasSetBackAnHour_HoldsNobodyBack()
    {
        _teller.Tell("acme", TimeSpan.FromSeconds(7));

        _time.SetWallClock(TimeSpan.FromHours(-1));

        Assert.Null(_hearer.Hear("acme"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("99999999999999999999999")]
    public void Hear_FileIsDamaged_IsNoPause(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "pace"));
        File.WriteAllText(Path.Combine(_folder, "pace", "acme"), text);

        Assert.Null(_hearer.Hear("acme"));
    }

    [Fact]
    public void Tell_FolderCannotBeMade_IsNoError()
    {
        File.WriteAllText(Path.Combine(_folder, "pace"), "a file where a folder must be");

        _teller.Tell("acme", TimeSpan.FromSeconds(7));

        Assert.Null(_hearer.Hear("acme"));
    }
}

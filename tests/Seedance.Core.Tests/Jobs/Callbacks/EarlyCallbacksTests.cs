using Seedance.Jobs.Callbacks;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Callbacks;

public sealed class EarlyCallbacksTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _looked = [];

    [Fact]
    public async Task RunAsync_NeverOnRecord_IsLookedUpEightTimesAndForgotten()
    {
        using EarlyCallbacks early = new(_time);
        using CancellationTokenSource stop = new();
        early.Keep(Named("a"));
        early.Keep(Named("a"));
        Task running = early.RunAsync(Look(false), stop.Token);
        DateTimeOffset begun = _time.GetUtcNow();
        while (early.Count > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(Enumerable.Repeat("a", 8), _looked);
        Assert.InRange((_time.GetUtcNow() - begun).TotalSeconds, 127, 135);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void Keep_MoreThanThereIsRoomFor_KeepsTheLatest()
    {
        using EarlyCallbacks early = new(_time);
        for (int i = 0; i < EarlyCallbacks.Most + 500; i++)
        {
            early.Keep(Named(i.ToString(CultureInfo.InvariantCulture)));
        }

        using CancellationTokenSource stop = new();
        _ = early.RunAsync(Look(true), stop.Token);
        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(EarlyCallbacks.Most, _looked.Count);
        Assert.Contains("1499", _looked);
        Assert.DoesNotContain("499", _looked);
        Assert.Equal(0, early.Count);
        stop.Cancel();
    }

    private static CallbackName[] Named(string id) => [new(ProviderRegistry.Find("Muapi")!, id)];

    private Func<IReadOnlyList<CallbackName>, Task<bool>> Look(bool isThere) => names =>
    {
        _looked.Add(names[0].Id);
        return Task.FromResult(isThere);
    };
}

using Seedance.Jobs.Review;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Review;

public sealed class ReviewWindowsTests
{
    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(4);
    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReviewWindows _windows;

    public ReviewWindowsTests()
    {
        _windows = new ReviewWindows(_time, _gone.SetResult);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HoldAsync_LastWindowIsClosed_SaysSoAfterAWhile()
    {
        Window one = new(), two = new();
        Task first = _windows.HoldAsync(one, Stop);
        Task second = _windows.HoldAsync(two, Stop);

        one.Close();
        await first;
        Assert.Equal(0, _time.Waiting); // The other still shows the page.
        two.Close();
        await second;
        await _time.WaitingAsync();
        Assert.False(_gone.Task.IsCompleted);
        _time.Advance(s_while);
        await Pulse.WaitAsync(_gone.Task);
    }

    [Fact]
    public async Task HoldAsync_WindowIsLoadedAgain_IsNoEnd()
    {
        Window before = new(), after = new();
        Task first = _windows.HoldAsync(before, Stop);
        before.Close();
        await first;
        await _time.WaitingAsync();
        Task second = _windows.HoldAsync(after, Stop);

        _time.Advance(s_while);
        Assert.False(_gone.Task.IsCompleted);
        after.Close();
        await second;
        await _time.WaitingAsync();
        _time.Advance(s_while);
        await Pulse.WaitAsync(_gone.Task);
    }

    [Fact]
    public async Task HoldAsync_CommandHasEnded_TellsNobody()
    {
        using CancellationTokenSource over = new();
        Task held = _windows.HoldAsync(new Window(), over.Token);

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        Assert.Equal(0, _time.Waiting);
    }

    /// <summary>A connection of which the browser's end says nothing until it is closed.</summary>
    private sealed class Window : MemoryStream
    {
        private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Close() => _end.TrySetResult(0);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            _end.Task.WaitAsync(cancellationToken);
    }
}

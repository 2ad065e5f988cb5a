namespace Seedance.Core.Tests.Output;

public sealed class OrderedWorkTests : IDisposable
{
    private readonly CollectedOutput _output = new();
    private readonly OrderedWork _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task FinishAsync_LaterOnesEndFirst_DeliversInTheOrderOfBeginning()
    {
        TaskCompletionSource last = new();
        _work.Begin(async (output, _) =>
        {
            await last.Task; // Ends only when the one behind it has: they run at once.
            output.Write("first");
        });
        _work.Begin((output, _) =>
        {
            output.Write("second");
            last.SetResult();
            return Task.CompletedTask;
        });

        await _work.FinishAsync(_output, TestContext.Current.CancellationToken);

        Assert.Equal(["first", "second"], _output.Items);
    }

    [Fact]
    public async Task AddAsync_EightAreUnderWay_TheNinthWaitsForTheFirst()
    {
        TaskCompletionSource[] ends = [.. Enumerable.Range(0, 8).Select(_ => new TaskCompletionSource())];
        foreach (TaskCompletionSource end in ends)
        {
            Assert.True(_work.HasRoom);
            _work.Begin((_, _) => end.Task);
        }

        Assert.False(_work.HasRoom);
        bool began = false;
        Task adding = _work.AddAsync((_, _) => Task.FromResult(began = true), _output, TestContext.Current.CancellationToken);
        Assert.False(began);

        Array.ForEach(ends, end => end.SetResult());
        await adding;
        await _work.FinishAsync(_output, TestContext.Current.CancellationToken);
        Assert.True(began);
    }

    [Fact]
    public async Task FinishAsync_OneIsBad_TheOthersAreDelivered()
    {
        _work.Begin((output, _) => Say(output, "one"));
        _work.Begin((output, _) =>
        {
            output.Error(new SeedanceException(ErrorCode.JobNotFound, "no"));
            return Task.CompletedTask;
        });
        _work.Begin((output, _) => Say(output, "three"));

        await _work.FinishAsync(_output, TestContext.Current.CancellationToken);

        Assert.Equal(["one", "three"], _output.Items);
        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(_output.Errors).Code);
    }

    [Fact]
    public async Task FinishAsync_Stopped_StopsAllThatIsUnderWay()
    {
        using CancellationTokenSource stop = new();
        List<CancellationToken> given = [];
        foreach (int _ in Enumerable.Range(0, 2))
        {
            TaskCompletionSource begun = new();
            _work.Begin((_, token) =>
            {
                given.Add(token);
                begun.SetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            });
            await begun.Task;
        }

        Task finishing = _work.FinishAsync(_output, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finishing);
        Assert.All(given, token => Assert.True(token.IsCancellationRequested));
    }

    private static Task Say(IOperationOutput output, string text)
    {
        output.Write(text);
        return Task.CompletedTask;
    }
}

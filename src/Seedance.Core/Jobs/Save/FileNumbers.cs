namespace Seedance.Jobs.Save;

/// <summary>
/// Numbers the files of one call in the order of its jobs, whichever of them is ready first. Only names that hold the number wait for it.
/// </summary>
internal sealed class FileNumbers
{
    private Task<int> _next = Task.FromResult(1);

    /// <summary>The turn of the job that comes next. It has to end, or those behind it never begin.</summary>
    public Turn Next()
    {
        Turn turn = new(_next);
        _next = turn.After;
        return turn;
    }

    /// <summary>One job's place in the count.</summary>
    internal sealed class Turn(Task<int> first) : IDisposable
    {
        private readonly TaskCompletionSource<int> _after = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isTaken;

        public Task<int> After => _after.Task;

        /// <summary>The number of the job's first file.</summary>
        public async Task<int> TakeAsync(int files, CancellationToken stop)
        {
            int begin = await first.OrStop(stop).ConfigureAwait(false);
            _isTaken = true;
            _after.TrySetResult(begin + files);
            return begin;
        }

        /// <summary>A job that made no file takes no number.</summary>
        public void Dispose()
        {
            if (!_isTaken)
            {
                _ = first.ContinueWith(before => _after.TrySetResult(before.Result), TaskScheduler.Default);
            }
        }
    }
}

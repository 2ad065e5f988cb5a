using System.Collections.Concurrent;

namespace Seedance;

/// <summary>
/// Hands records from any thread to the thread that called <see cref="Run"/>, in the order they were posted. Here operations meet the
/// pipeline, so here is the last net: what nobody foresaw is reported as an error of ours, and the next item of the pipeline has its turn.
/// </summary>
internal sealed class OutputPump : IOperationOutput, IDisposable
{
    private readonly BlockingCollection<Action<IOperationOutput>?> _queue = [];

    public static void Run(Func<IOperationOutput, CancellationToken, Task> work, IOperationOutput sink, CancellationToken stop)
    {
        using OutputPump pump = new();
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task worker = Task.Run(
            async () =>
            {
                try
                {
                    await work(pump, cancel.Token).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not SeedanceException && Unforeseen.IsError(error, cancel.Token))
                {
                    pump.Error(Unforeseen.Of(error));
                }
                finally
                {
                    pump.Post(null); // The end. To complete the collection throws an exception in the thread that waits for it.
                }
            },
            CancellationToken.None);
        try
        {
            // No token here: leaving early would abandon a worker that is still saving the record of a paid job.
            while (pump._queue.Take(CancellationToken.None) is { } deliver)
            {
                deliver(sink);
            }
        }
        catch // The pipeline refused a record: Select-Object -First, or -ErrorAction Stop.
        {
            cancel.Cancel();
            Task.WaitAny([worker], CancellationToken.None);
            throw;
        }

        worker.GetAwaiter().GetResult();
    }

    public void Write(object item) => Post(sink => sink.Write(item));

    public void Error(SeedanceException error) => Post(sink => sink.Error(error));

    public void Warn(string text) => Post(sink => sink.Warn(text));

    public void Verbose(string text) => Post(sink => sink.Verbose(text));

    public void Debug(string text) => Post(sink => sink.Debug(text));

    public void Progress(OperationProgress progress) => Post(sink => sink.Progress(progress));

    public void Dispose() => _queue.Dispose();

    private void Post(Action<IOperationOutput>? deliver)
    {
        try
        {
            _queue.Add(deliver);
        }
        catch (InvalidOperationException)
        {
            // The command is over; what goes on behind it, such as recording the answer to a submit, has nobody left to tell.
        }
    }
}

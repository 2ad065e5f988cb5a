using System.Collections.Concurrent;

namespace Seedance;

/// <summary>Keeps what background work says until a thread that may speak for it comes by. Of progress only the latest is kept.</summary>
internal sealed class BufferedOutput : IOperationOutput
{
    private readonly ConcurrentQueue<Action<IOperationOutput>> _held = new();
    private volatile OperationProgress? _progress;

    /// <summary>The latest progress line of the work, null when it has none under way.</summary>
    public OperationProgress? Latest => _progress;

    public void DrainTo(IOperationOutput output)
    {
        while (_held.TryDequeue(out Action<IOperationOutput>? deliver))
        {
            deliver(output);
        }
    }

    public void Write(object item) => _held.Enqueue(output => output.Write(item));

    public void Error(SeedanceException error) => _held.Enqueue(output => output.Error(error));

    public void Warn(string text) => _held.Enqueue(output => output.Warn(text));

    public void Verbose(string text) => _held.Enqueue(output => output.Verbose(text));

    public void Debug(string text) => _held.Enqueue(output => output.Debug(text));

    public void Progress(OperationProgress progress) => _progress = progress.Completed ? null : progress;
}

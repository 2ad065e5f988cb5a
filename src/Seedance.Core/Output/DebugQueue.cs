using System.Collections.Concurrent;

namespace Seedance;

/// <summary>Keeps the wire detail of work on other threads for whichever thread writes next; the rest of it nobody follows.</summary>
internal sealed class DebugQueue : IOperationOutput
{
    private readonly ConcurrentQueue<string> _lines = new();

    public void HandOn(IOperationOutput output)
    {
        while (_lines.TryDequeue(out string? line))
        {
            output.Debug(line);
        }
    }

    public void Debug(string text) => _lines.Enqueue(text);

    public void Write(object item)
    {
    }

    public void Error(SeedanceException error)
    {
    }

    public void Warn(string text)
    {
    }

    public void Verbose(string text)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }
}

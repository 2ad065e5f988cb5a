using System.Collections.Concurrent;

namespace Seedance.TestKit;

/// <summary>Keeps all that an operation says.</summary>
internal sealed class RecordingOutput : IOperationOutput
{
    private readonly ConcurrentQueue<(string Stream, object Item)> _records = new();

    public IReadOnlyList<(string Stream, object Item)> Records => [.. _records];

    public IReadOnlyList<SeedanceJob> Jobs => [.. Of("output").OfType<SeedanceJob>()];

    public IReadOnlyList<SeedanceException> Errors => [.. Of("error").Cast<SeedanceException>()];

    public IReadOnlyList<string> Warnings => [.. Of("warning").Cast<string>()];

    public IEnumerable<object> Of(string stream) => _records.Where(record => record.Stream == stream).Select(record => record.Item);

    public void Clear() => _records.Clear();

    public void Write(object item) => _records.Enqueue(("output", item));

    /// <summary>Every error that any test provokes is read here, as somebody reads it at night.</summary>
    public void Error(SeedanceException error)
    {
        _records.Enqueue(("error", error));
        if (ErrorText.FindFlaw(error) is { } wrong)
        {
            throw new InvalidOperationException(wrong);
        }
    }

    public void Warn(string text) => _records.Enqueue(("warning", text));

    public void Verbose(string text) => _records.Enqueue(("verbose", text));

    public void Debug(string text) => _records.Enqueue(("debug", text));

    public void Progress(OperationProgress progress) => _records.Enqueue(("progress", progress));
}

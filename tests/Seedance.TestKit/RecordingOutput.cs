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

    /// <summary>Beats with every record.</summary>
    public Pulse Changed { get; } = new();

    public void Clear() => _records.Clear();

    public void Write(object item) => Add(("output", item));

    /// <summary>Every error that any test provokes is read here, as somebody reads it at night.</summary>
    public void Error(SeedanceException error)
    {
        Add(("error", error));
        if (ErrorText.FindFlaw(error) is { } wrong)
        {
            throw new InvalidOperationException(wrong);
        }
    }

    public void Warn(string text) => Add(("warning", text));

    public void Verbose(string text) => Add(("verbose", text));

    public void Debug(string text) => Add(("debug", text));

    public void Progress(OperationProgress progress) => Add(("progress", progress));

    private void Add((string Stream, object Item) record)
    {
        _records.Enqueue(record);
        Changed.Beat();
    }
}

namespace Seedance;

/// <summary>Keeps what an operation writes, for another operation that makes something else of it.</summary>
internal sealed class CollectedOutput : IOperationOutput
{
    public List<object> Items { get; } = [];

    public List<SeedanceException> Errors { get; } = [];

    public void Write(object item) => Items.Add(item);

    public void Error(SeedanceException error) => Errors.Add(error);

    public void Warn(string text)
    {
    }

    public void Verbose(string text)
    {
    }

    public void Debug(string text)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }
}

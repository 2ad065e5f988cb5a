namespace Seedance;

/// <summary>Takes what an operation writes and reports for a step of another one; what is for people goes on.</summary>
internal sealed class RoutedOutput(IOperationOutput people, Action<SeedanceJob> wrote, Action<SeedanceException> failed) : IOperationOutput
{
    public void Write(object item)
    {
        if (item is SeedanceJob job)
        {
            wrote(job);
        }
    }

    public void Error(SeedanceException error) => failed(error);

    public void Warn(string text) => people.Warn(text);

    public void Verbose(string text) => people.Verbose(text);

    public void Debug(string text) => people.Debug(text);

    public void Progress(OperationProgress progress) => people.Progress(progress);
}

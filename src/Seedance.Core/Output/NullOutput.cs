namespace Seedance;

/// <summary>For work that nobody follows.</summary>
internal sealed class NullOutput : IOperationOutput
{
    private NullOutput()
    {
    }

    public static NullOutput Instance { get; } = new();

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

    public void Debug(string text)
    {
    }

    public void Progress(OperationProgress progress)
    {
    }
}

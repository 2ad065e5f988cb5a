namespace Seedance;

/// <summary>For work that nobody follows.</summary>
internal sealed class SilentOutput : IOperationOutput
{
    private SilentOutput()
    {
    }

    public static SilentOutput Instance { get; } = new();

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

namespace Seedance.Quickstart;

/// <summary>An operation's words on a console: results are kept, progress rewrites its line, errors go to the error stream.</summary>
internal sealed class ConsoleOutput : IOperationOutput
{
    private string _line = string.Empty;

    public List<object> Results { get; } = [];

    public List<SeedanceException> Errors { get; } = [];

    public void Write(object item) => Results.Add(item);

    public void Fault(SeedanceException error)
    {
        EndLine();
        Errors.Add(error);
        Console.Error.WriteLine(error.Code + ": " + error.Message);
        if (error.RecommendedAction is { } action)
        {
            Console.Error.WriteLine("  " + action);
        }
    }

    public void Warn(string text)
    {
        EndLine();
        Console.Error.WriteLine("Warning: " + text);
    }

    public void Verbose(string text)
    {
        EndLine();
        Console.WriteLine("  " + text);
    }

    public void Debug(string text)
    {
    }

    public void Progress(OperationProgress progress)
    {
        if (progress.Completed)
        {
            EndLine();
            return;
        }

        string line = "  " + progress.Activity + ": " + progress.Status;
        if (line == _line)
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(line);
            _line = line;
            return;
        }

        Console.Write("\r" + line.PadRight(_line.Length));
        _line = line;
    }

    private void EndLine()
    {
        if (_line.Length > 0 && !Console.IsOutputRedirected)
        {
            Console.WriteLine();
        }

        _line = string.Empty;
    }
}

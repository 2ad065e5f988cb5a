using System.Collections.Concurrent;

namespace Seedance.CrashChild;

/// <summary>Tells the parent what the operations say, a line each.</summary>
internal sealed class ChildOutput(bool everything, Action<string> say) : IOperationOutput
{
    private readonly ConcurrentQueue<SeedanceJob> _jobs = new();

    /// <summary>What is told of errors in such lines.</summary>
    public static IReadOnlyList<string> Errors(IEnumerable<string> lines) =>
        [.. lines.Where(line => line.StartsWith("FAULT ", StringComparison.Ordinal)).Select(line => line[6..])];

    /// <summary>What was written since the last call.</summary>
    public IReadOnlyList<SeedanceJob> Take()
    {
        List<SeedanceJob> jobs = [];
        while (_jobs.TryDequeue(out SeedanceJob? job))
        {
            jobs.Add(job);
        }

        return jobs;
    }

    public void Write(object item)
    {
        if (item is SeedanceJob job)
        {
            _jobs.Enqueue(job);
            say(string.Join(' ', "JOB", job.Id, job.Status, job.ProviderJobId ?? "-",
                job.Outputs.Select(output => output.Path).FirstOrDefault(path => path is not null) ?? "-"));
        }
    }

    public void Error(SeedanceException error) =>
        say("FAULT " + error.Code + " " + error.Message + (error.Job is { } job ? " [" + job.ProviderJobId + "]" : string.Empty));

    public void Warn(string text) => say("WARN " + text);

    public void Verbose(string text) => Detail("VERBOSE " + text);

    public void Debug(string text) => Detail("DEBUG " + text);

    public void Progress(OperationProgress progress) => Detail("PROGRESS " + progress.Activity + ": " + progress.Status);

    private void Detail(string line)
    {
        if (everything)
        {
            say(line);
        }
    }
}

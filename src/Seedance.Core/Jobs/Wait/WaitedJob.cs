using Seedance.Durations;

namespace Seedance.Jobs.Wait;

/// <summary>A job that a call waits for.</summary>
internal sealed class WaitedJob(SeedanceJob job, CompletionModel model, IDisposable subscription)
{
    /// <summary>As it was last heard of.</summary>
    public SeedanceJob Job { get; set; } = job;

    public CompletionModel Model => model;

    public IDisposable Subscription => subscription;
}

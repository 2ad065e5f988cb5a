using Seedance.Providers;
using Seedance.Transport;

namespace Seedance.Updates;

/// <summary>
/// A simulator on a port of this machine takes its jobs with it when it ends. Nothing can be learnt of them any more, so they expire at
/// once: a dead port must not be polled until the deadline, nor be told from a real host by a real key.
/// </summary>
internal static class EndedSimulator
{
    /// <summary>True where that is why a question about the job could not be asked.</summary>
    public static bool Explains(SeedanceJob job, TransportException failure) => HadOnPort(job) && !failure.MayHaveArrived;

    /// <summary>The job was made by a simulator that listened.</summary>
    public static bool HadOnPort(SeedanceJob job) => job.IsSimulated && job.Endpoint is { IsLoopback: true };

    public static JobUpdate Update(SeedanceJob job) => new()
    {
        Status = JobStatus.Expired,
        Error = new JobError
        {
            Code = nameof(ErrorCode.JobExpired),
            Message = "The simulator at " + job.Endpoint!.Authority + " has ended, and its jobs with it.",
        },
    };
}

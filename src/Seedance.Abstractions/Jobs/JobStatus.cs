namespace Seedance;

/// <summary>Where a generation stands. Every value from <see cref="Succeeded"/> on is final.</summary>
public enum JobStatus
{
    /// <summary>Recorded for a worker to submit; nothing was sent, and nothing is reserved.</summary>
    Planned = -1,

    /// <summary>Recorded on disk; the request is about to leave or on its way.</summary>
    Submitting = 0,

    /// <summary>Sent, but the answer is unknown: the provider may have taken the job and may charge for it.</summary>
    Unconfirmed,

    /// <summary>The provider has the job and has not begun it.</summary>
    Queued,

    /// <summary>The provider works on it, or reports a word that this version does not know.</summary>
    Running,

    /// <summary>The video exists at the provider.</summary>
    Succeeded,

    /// <summary>The provider gave up; <see cref="SeedanceJob.Error"/> says why.</summary>
    Failed,

    /// <summary>Cancelled at the provider, or abandoned by the user.</summary>
    Cancelled,

    /// <summary>The provider let the job lapse before it ran, or the result is no longer to be had.</summary>
    Expired,
}

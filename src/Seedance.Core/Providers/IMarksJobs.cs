using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that keeps the caller's own mark with a job and names it again, so that a job is found whose answer was lost.</summary>
internal interface IMarksJobs
{
    /// <summary>The submit with our id of the job in it, unless the user has put a mark of his own there.</summary>
    WireRequest Mark(WireRequest submit, string jobId);

    /// <summary>The mark in a callback's body; as little to be believed as the rest of it.</summary>
    string? ReadMark(WireNode body);
}

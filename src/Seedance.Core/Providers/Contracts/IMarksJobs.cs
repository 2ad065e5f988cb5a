using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>
/// A host that keeps our id of a job with it: in its list, where it has one that shows it, or in its logs, which its support can search.
/// </summary>
internal interface IMarksJobs
{
    /// <summary>The submit with our id of the job in it, unless the user has put a mark of his own there.</summary>
    WireRequest Mark(WireRequest submit, string jobId);
}

using System.Collections.Concurrent;

namespace Seedance.Jobs.Save;

/// <summary>
/// Which job of one call has which file. Jobs that come to the same name are not told apart by what lies on the disk: with -Force each
/// would replace the one before, and all would be reported as saved.
/// </summary>
internal sealed class PathClaims
{
    // Two names that differ in case are one file on most systems.
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The job that has the path: the given one, unless another was first.</summary>
    public string Claim(string path, string jobId) => _owners.GetOrAdd(path, jobId);
}

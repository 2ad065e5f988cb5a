using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Query;

/// <summary>Ids as people type them: whole, or a part from either end that only one job has.</summary>
internal sealed class JobNames(SeedanceServices services)
{
    private const int MostNamed = 5;
    private static readonly JobScope s_newest = new() { NewestFirst = true };

    /// <summary>What needs no looking for: a whole id, or nothing.</summary>
    public static string? Whole(string name) => name.Trim() is var typed && (JobId.IsValid(typed) || typed.Length == 0) ? typed : null;

    /// <summary>The whole id. What is whole already is not looked for.</summary>
    public async Task<string> ResolveAsync(string name, CancellationToken stop)
    {
        if (Whole(name) is { } whole)
        {
            return whole;
        }

        string typed = name.Trim();

        List<string> found = [];
        string part = typed.ToLowerInvariant();
        if (part.All(letter => letter is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z')))
        {
            JobScope scope = new() { NewestFirst = true, IdPart = part };
            bool IsPart(string id) => id.StartsWith(part, StringComparison.Ordinal) || id.EndsWith(part, StringComparison.Ordinal);
            await foreach (SeedanceJob job in MatchAsync(scope, IsPart, stop).ConfigureAwait(false))
            {
                found.Add(job.Id);
            }
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw JobLookup.NotFound(typed, services),
            _ => throw Ambiguous(typed, found),
        };
    }

    private static SeedanceException Ambiguous(string typed, List<string> found)
    {
        string named = string.Join(", ", found.Take(MostNamed)) + (found.Count > MostNamed ? ", ..." : string.Empty);
        return new SeedanceException(ErrorCode.InvalidRequest,
            string.Format(CultureInfo.InvariantCulture, "'{0}' is a part of {1} ids: {2}.", typed, found.Count, named))
        {
            Target = typed,
            RecommendedAction = "Type more of the id; both ends will do.",
        };
    }

    /// <summary>All ids that fit a pattern, oldest first; throws where none does.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string pattern, Func<string, bool> matches, CancellationToken stop)
    {
        List<string> found = [];
        await foreach (SeedanceJob job in MatchAsync(s_newest, matches, stop).ConfigureAwait(false))
        {
            found.Add(job.Id);
        }

        found.Reverse();
        return found.Count > 0 ? found : throw JobLookup.NotFound(pattern, services);
    }

    /// <summary>The newest jobs, newest first; a record that cannot be read is no job to offer.</summary>
    public async Task<IReadOnlyList<SeedanceJob>> NewestAsync(int count, CancellationToken stop)
    {
        List<SeedanceJob> newest = [];
        await foreach (SeedanceJob job in MatchAsync(s_newest, _ => true, stop).ConfigureAwait(false))
        {
            newest.Add(job);
            if (newest.Count == count)
            {
                break;
            }
        }

        return newest;
    }

    private async IAsyncEnumerable<SeedanceJob> MatchAsync(
        JobScope scope, Func<string, bool> matches, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (StoredJob stored in services.Store.ListAsync(scope, static _ => { }, stop).ConfigureAwait(false))
        {
            if (matches(stored.Job.Id))
            {
                yield return stored.Job;
            }
        }
    }
}

using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Records;

namespace Seedance.Jobs.Remake;

/// <summary>
/// What a user gave to make another request from: an id, a job, or a request. An object that came back from a file may have all three.
/// </summary>
internal sealed record GivenOrigin(string? Id, SeedanceJob? Job = null, VideoRequest? Request = null);

/// <summary>Finds the whole request behind what was given: the record's where there is one, else the object's own.</summary>
internal sealed class OriginFinder(SeedanceServices services)
{
    public async Task<RequestOrigin> FindAsync(GivenOrigin given, CancellationToken stop)
    {
        string? id = given.Job?.Id ?? given.Id;
        StoredJob? stored = id is { Length: > 0 } ? await StoredAsync(id, stop).ConfigureAwait(false) : null;
        SeedanceJob? job = given.Job?.Request is not null ? given.Job : stored?.Job ?? given.Job;
        if ((job?.Request ?? given.Request) is { } request)
        {
            return new RequestOrigin(request) { Job = job,
                Media = stored?.Media ?? new Dictionary<string, string>(StringComparer.Ordinal) };
        }

        throw job is null ? JobLookup.NotFound(id ?? string.Empty, services) : new SeedanceException(
            ErrorCode.InvalidRequest,
            "Nobody knows what was asked of " + job.Id
                + ": its record was made by its provider's id, or the object that was piped holds no request.")
        {
            Target = job.Id,
            RecommendedAction =
                "Nothing was sent or spent. Pass a job that was submitted with this state folder, or one that came from Export-Clixml.",
        };
    }

    private async Task<StoredJob?> StoredAsync(string id, CancellationToken stop)
    {
        string whole = await new JobNames(services).ResolveAsync(id, stop).ConfigureAwait(false);
        // What was never sent can be made all the same.
        return await services.Store.FindAsync(whole, stop).ConfigureAwait(false) ?? services.Recovery.NeverSent(whole);
    }

    /// <summary>Throws where local files of the origin are not what they were.</summary>
    public static async Task CheckMediaAsync(RequestOrigin origin, VideoRequest request, CancellationToken stop)
    {
        if (origin.Job is not { } job
            || await MediaHashes.FindChangesAsync(origin.Media, request, stop).ConfigureAwait(false) is not { Count: > 0 } changes)
        {
            return;
        }

        throw new SeedanceException(
            ErrorCode.ReferenceUnreachable, "The files of " + job.Id + " are not what they were: " + string.Join("; ", changes) + ".")
        {
            Target = job.Id,
            RecommendedAction =
                "Nothing was sent or spent. Put the file back, or name the one to use now with -Image, -LastFrame or -ReferenceImage.",
        };
    }
}

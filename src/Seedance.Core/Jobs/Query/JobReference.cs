using Seedance.Records;

namespace Seedance.Jobs.Query;

/// <summary>A job as a user named it: by id, or by an object that may come from another machine.</summary>
internal sealed record JobReference(string Id, SeedanceJob? Given = null)
{
    /// <summary>The error as one about this job, also where what failed knew only of a key, a profile or a store.</summary>
    public SeedanceException Error(Exception error)
    {
        SeedanceException known = Unforeseen.Of(error, Id);
        bool namesAJob = known.Job is not null || (known.Target is string target && JobId.IsValid(target));
        return namesAJob || Id.Length == 0 ? known : known.Copy(target: Id);
    }
}

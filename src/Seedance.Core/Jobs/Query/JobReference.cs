namespace Seedance.Jobs.Query;

/// <summary>A job as a user named it: by id, or by an object that may come from another machine.</summary>
internal sealed record JobReference(string Id, SeedanceJob? Given = null);

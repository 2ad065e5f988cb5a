namespace Seedance;

/// <summary>Where jobs and money are kept.</summary>
public sealed record SeedanceStore
{
    /// <summary><c>SQLite</c> for the file of the state folder, <c>PostgreSQL</c> for a server.</summary>
    public string Engine { get; init; } = string.Empty;

    /// <summary>The file, or the server and its database. Never a password.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>What named it: <c>SEEDANCE_STORE</c>, the file of Set-SeedanceStore, or the state folder.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>How many jobs are not over; null where the store was not asked.</summary>
    public int? Unfinished { get; init; }
}

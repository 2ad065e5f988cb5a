namespace Seedance.Accounts;

/// <summary>An account as the user named it, and what became of choosing it.</summary>
internal sealed record AccountChoice(string? Profile, string? Provider)
{
    /// <summary>Null where it cannot be used, and <see cref="Refusal"/> says why.</summary>
    public Account? Account { get; init; }

    public SeedanceException? Refusal { get; init; }
}

namespace Seedance;

/// <summary>How a check of the setup came out.</summary>
public enum CheckResult
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Works, and somebody should look.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Failed,

    /// <summary>Was not looked at.</summary>
    Skipped,
}

/// <summary>One thing that has to be right before videos can be made, and what to do where it is not.</summary>
public sealed record SeedanceCheck
{
    /// <summary>What was looked at.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>How it came out: a name of <see cref="CheckResult"/>.</summary>
    public string Result => Outcome.ToString();

    internal CheckResult Outcome { get; init; }

    /// <summary>What was found.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>What to do; null where there is nothing.</summary>
    public string? RecommendedAction { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + Result;
}

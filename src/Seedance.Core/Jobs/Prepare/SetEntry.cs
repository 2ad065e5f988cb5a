namespace Seedance.Jobs.Prepare;

/// <summary>What a job's record says about the set that it belongs to.</summary>
internal sealed record SetEntry
{
    /// <summary>The user's name for the shot or row.</summary>
    public string? Tag { get; init; }

    /// <summary>The call or sheet.</summary>
    public string? Batch { get; init; }

    /// <summary>Which row of the call's input, from 1.</summary>
    public int? Row { get; init; }

    /// <summary>Which of several takes, from 1.</summary>
    public int? Take { get; init; }

    /// <summary>The job whose request it repeats or betters.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>What the row said beside the request.</summary>
    public SheetColumns Columns { get; init; } = SheetColumns.None;
}

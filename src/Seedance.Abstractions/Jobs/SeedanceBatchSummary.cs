namespace Seedance;

/// <summary>How a sheet stands after a run.</summary>
public sealed record SeedanceBatchSummary
{
    private readonly IReadOnlyList<string> _costs = [];

    /// <summary>The sheet.</summary>
    public string Sheet { get; init; } = string.Empty;

    /// <summary>The sheet with what became of each row.</summary>
    public string ResultPath { get; init; } = string.Empty;

    /// <summary>The name that its jobs have in common.</summary>
    public string Batch { get; init; } = string.Empty;

    /// <summary>Rows of the sheet, each take for itself.</summary>
    public int Rows { get; init; }

    /// <summary>Videos that are saved.</summary>
    public int Saved { get; init; }

    /// <summary>Jobs that their provider did not bring to a video, or whose video could not be saved.</summary>
    public int Failed { get; init; }

    /// <summary>Rows that cannot be submitted as they are.</summary>
    public int Refused { get; init; }

    /// <summary>Rows that were not submitted because a budget, a slot or an unconfirmed job stands in the way.</summary>
    public int Waiting { get; init; }

    /// <summary>Jobs that are recorded for a worker to submit.</summary>
    public int Planned { get; init; }

    /// <summary>Jobs that go on at their provider.</summary>
    public int Running { get; init; }

    /// <summary>Jobs of which nobody knows whether they were taken.</summary>
    public int Unconfirmed { get; init; }

    /// <summary>What its jobs cost, an amount for each unit.</summary>
    public IReadOnlyList<string> Costs
    {
        get => _costs;
        init => _costs = Indexed.Of(value);
    }

    /// <summary>Every row has its video.</summary>
    public bool IsComplete => Saved == Rows;

    /// <summary>A run later, with nothing changed, may bring the rest: nothing waits for a person.</summary>
    public bool MendsByItself => Failed + Refused + Unconfirmed == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        (int Count, string Word)[] parts = [(Saved, "saved"), (Failed, "failed"), (Refused, "refused"), (Unconfirmed, "unconfirmed"),
            (Running, "running"), (Planned, "planned"), (Waiting, "waiting")];
        string counted = string.Join(
            ", ", parts.Where(part => part.Count > 0).Select(part => part.Count.ToString(CultureInfo.InvariantCulture) + " " + part.Word));
        return string.Format(CultureInfo.InvariantCulture, "{0} rows: {1}{2}", Rows, counted.Length > 0 ? counted : "none",
            Costs.Count > 0 ? "; " + string.Join(" and ", Costs) : string.Empty);
    }
}

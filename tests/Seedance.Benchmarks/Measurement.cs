namespace Seedance.Benchmarks;

/// <summary>A bound on a number.</summary>
internal sealed record Limit(double Value, bool AtLeast)
{
    public static Limit Least(double value) => new(value, AtLeast: true);

    public static Limit Most(double value) => new(value, AtLeast: false);

    /// <summary>Three times as wide, for a run that only shows that the benchmark still works.</summary>
    public Limit Wide() => this with { Value = AtLeast ? Value / 3 : Value * 3 };

    public bool Holds(double number) => AtLeast ? number >= Value : number <= Value;

    public override string ToString() => (AtLeast ? "≥ " : "≤ ") + Value.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>One number of a benchmark and what is asked of it.</summary>
/// <param name="What">Which number.</param>
/// <param name="Value">Null when it could not be measured here.</param>
/// <param name="Gate">Must hold.</param>
/// <param name="Goal">What to be proud of.</param>
internal sealed record Measurement(string What, double? Value, Limit? Gate = null, Limit? Goal = null)
{
    /// <summary>Why there is no value, or what it means.</summary>
    public string? Note { get; init; }

    /// <summary>What the value was made of, under names.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Samples { get; init; } = [];

    /// <summary>The least and the most of several runs.</summary>
    public (double Least, double Most)? Spread { get; init; }

    public bool Failed => Value is { } value && Gate?.Holds(value) == false;

    public string Verdict => Value is not { } value ? "not run"
        : Failed ? "FAIL"
        : Goal?.Holds(value) == true ? "goal"
        : Gate is not null ? "pass"
        : Goal is null ? "info" : "missed";

    public static Measurement NotRun(string what, string why, Limit? gate = null, Limit? goal = null) =>
        new(what, null, gate, goal) { Note = why };
}

/// <summary>Something to measure.</summary>
/// <param name="Id">B3.</param>
/// <param name="Title">What it is about.</param>
/// <param name="RunAsync">Measures it.</param>
internal sealed record Benchmark(string Id, string Title, Func<Bench, Task<IReadOnlyList<Measurement>>> RunAsync)
{
    /// <summary>The seed decides what it counts, so that a second run would say the same, or it takes minutes.</summary>
    public bool RunsOnce { get; init; }
}

namespace Seedance;

/// <summary>
/// One generation, as of the moment it was read. Immutable: a later look is a new object. Times are UTC. It survives Clixml, JSON and
/// background jobs, and binds to the next cmdlet by property name when it comes back as a property bag or a CSV row.
/// </summary>
public sealed record SeedanceJob
{
    private readonly IReadOnlyList<JobOutput> _outputs = [];
    private readonly IReadOnlyList<JobAttempt> _attempts = [];
    private readonly IReadOnlyList<string> _filled = [];
    private readonly SheetColumns _columns = SheetColumns.None;

    /// <summary>Ours: <c>yyyyMMdd-HHmmss-xxxxxxx</c>, sortable by time and typeable.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Who is paid.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The profile that the job was submitted with, if any.</summary>
    public string? Profile { get; init; }

    /// <summary>The base address that took the job; later questions go to the same one.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The neutral model name, or the provider's id where it was passed through.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>The exact endpoint or model id that was used on the wire.</summary>
    public string WireModel { get; init; } = string.Empty;

    /// <summary>What the generation started from: a name of <see cref="GenerationMode"/>.</summary>
    public string Mode => StartsFrom.ToString();

    internal GenerationMode StartsFrom { get; init; }

    /// <summary>The prompt as it was sent.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>All that was asked, with the defaults that were filled in.</summary>
    public VideoRequest? Request { get; init; }

    /// <summary>What was asked for where <c>-Draft</c> made less of it; what a final is made of.</summary>
    public VideoRequest? Asked { get; init; }

    /// <summary>
    /// The parts of <see cref="Request"/> that nobody asked for and the module filled in, by name. Another model need not meet them.
    /// </summary>
    public IReadOnlyList<string> Filled
    {
        get => _filled;
        init => _filled = Indexed.Of(value);
    }

    /// <summary>The caller's name for this request: the same token with the same request is the same job.</summary>
    public string? ClientToken { get; init; }

    /// <summary>The provider's id; null until it has answered.</summary>
    public string? ProviderJobId { get; init; }

    /// <summary>
    /// What the provider said last: a name of <see cref="JobStatus"/>. A word, because JSON makes a number of an enum, and Clixml makes of
    /// it what equals no word.
    /// </summary>
    public string Status => State.ToString();

    internal JobStatus State { get; init; }

    /// <summary>Percent, where the provider says.</summary>
    public int? Progress { get; init; }

    /// <summary>When the record was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the provider confirmed the job.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it was first seen running, or the provider's own figure.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was seen to have ended, or the provider's own figure.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the provider was last asked.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>What the job made, the video first.</summary>
    public IReadOnlyList<JobOutput> Outputs
    {
        get => _outputs;
        init => _outputs = Indexed.Of(value);
    }

    /// <summary>The seed that was used, where the provider tells it; else the one that was asked for.</summary>
    public long? Seed { get; init; }

    /// <summary>The price by rule, before anyone was asked. Null is unknown, never free.</summary>
    public SeedanceCost? EstimatedCost { get; init; }

    /// <summary>The price that the provider named, or what the tokens that it named come to by its list. Null until it has.</summary>
    public SeedanceCost? ActualCost { get; init; }

    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>The accounts that were tried before the one that took it, and why each did not.</summary>
    public IReadOnlyList<JobAttempt> Attempts
    {
        get => _attempts;
        init => _attempts = Indexed.Of(value);
    }

    /// <summary>The user's name for the shot or row.</summary>
    public string? Tag { get; init; }

    /// <summary>The call or sheet that it was submitted with.</summary>
    public string? Batch { get; init; }

    /// <summary>Which row of the call's input it was made of, from 1.</summary>
    public int? Row { get; init; }

    /// <summary>Which of several takes of one request it is, from 1.</summary>
    public int? Take { get; init; }

    /// <summary>The id of the job whose request it repeats or betters.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>What the user thinks of it, from 0 to 5; null is not rated.</summary>
    public int? Rating { get; init; }

    /// <summary>The columns of its row that are no parameters.</summary>
    public SheetColumns Columns
    {
        get => _columns;
        init => _columns = value ?? SheetColumns.None;
    }

    /// <summary>Made by the simulator: no provider took part, and no money.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The command that wrote this object made no job: this one existed already. Never on record.</summary>
    public bool IsReused { get; init; }

    /// <summary>The saved video, so that a job can be piped to what takes files; null until it is saved.</summary>
    public string? Path => Outputs.FirstOrDefault(output => output.Path is not null)?.Path;

    /// <summary>A file of it is saved.</summary>
    public bool IsSaved => Path is not null;

    /// <summary>The figure to sort and add by: what the provider named, else the estimate; null is unknown.</summary>
    public decimal? Cost => (ActualCost ?? EstimatedCost)?.Amount;

    /// <summary>The unit of <see cref="Cost"/>; units are never added to each other.</summary>
    public string? CostUnit => (ActualCost ?? EstimatedCost)?.Unit;

    /// <summary>Whether <see cref="Status"/> can still change.</summary>
    public bool IsFinished => State >= JobStatus.Succeeded;

    /// <summary>How long it took; so far, where it has not ended.</summary>
    public TimeSpan Elapsed => (CompletedAt ?? Now) - (SubmittedAt ?? CreatedAt);

    /// <summary>
    /// How long its first file can still be fetched, less than nothing once it cannot; null where it is saved or no end is known.
    /// </summary>
    public TimeSpan? ExpiresIn => State == JobStatus.Succeeded && !IsSaved ? Outputs.Min(output => output.ExpiresAt) - Now : null;

#pragma warning disable RS0030 // A noun has no clock to ask, and types of the engine's that had one took a fifth of the import.
    private static DateTimeOffset Now => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    /// <inheritdoc/>
    public override string ToString() => Id;
}

namespace Seedance.Jobs.Wait;

/// <summary>How long to wait, and for how many.</summary>
internal sealed record WaitOptions
{
    /// <summary>For the whole call, from the first job on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Ends with the first job that ends.</summary>
    public bool Any { get; init; }
}

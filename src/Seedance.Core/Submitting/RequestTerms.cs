namespace Seedance.Submitting;

/// <summary>What a user allows or leaves to the module beside the request.</summary>
internal sealed record RequestTerms
{
    public static RequestTerms None { get; } = new();

    /// <summary>A model's name that is like a known one, and is none, goes out as it is.</summary>
    public bool AllowUnknownModel { get; init; }
}

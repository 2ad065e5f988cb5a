namespace Seedance.Models;

/// <summary>What a user allows or leaves to the module beside the request.</summary>
internal sealed record RequestTerms
{
    public static RequestTerms None { get; } = new();

    /// <summary>Whether the model makes the least or the most of the request that it can.</summary>
    public RequestShape Shape { get; init; }

    /// <summary>What the command line gives counts over the shape; the names of its parameters.</summary>
    public IReadOnlyCollection<string> Fixed { get; init; } = [];

    /// <summary>
    /// The seed to use where the request asks for none and the model takes one. No part of what was asked: a rerun may choose another.
    /// </summary>
    public long? ChosenSeed { get; init; }

    /// <summary>
    /// Parts of the request that nobody asked for, though it has them: what was filled in for the job that it is made from.
    /// </summary>
    public IReadOnlyCollection<string> Filled { get; init; } = [];

    /// <summary>A model's name that is like a known one, and is none, goes out as it is.</summary>
    public bool AllowUnknownModel { get; init; }
}

namespace Seedance.Jobs.Prepare;

/// <summary>One request of a call and the accounts that may take it, in the order in which they are tried.</summary>
/// <param name="Request">As asked.</param>
/// <param name="Candidates">Never empty.</param>
/// <param name="Options">How its submit goes about it.</param>
internal sealed record SubmitRow(VideoRequest Request, IReadOnlyList<SubmitCandidate> Candidates, SubmitOptions Options)
{
    /// <summary>The submits that are possible, the first choice first.</summary>
    public IReadOnlyList<PreparedSubmit> Able => [.. Candidates.Select(candidate => candidate.Prepared).OfType<PreparedSubmit>()];

    public static SubmitRow Of(PreparedSubmit prepared, SubmitOptions options) => new(
        prepared.Asked,
        [new SubmitCandidate { Provider = prepared.Account.Provider, Profile = prepared.Account.Profile, Prepared = prepared }],
        options);
}

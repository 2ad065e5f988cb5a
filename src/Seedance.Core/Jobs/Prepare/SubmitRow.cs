namespace Seedance.Jobs.Prepare;

/// <summary>
/// One request of a call and the accounts that may take it, in the order in which they are tried. <paramref name="Candidates"/> is never
/// empty.
/// </summary>
internal sealed record SubmitRow(VideoRequest Request, IReadOnlyList<SubmitCandidate> Candidates, SubmitOptions Options)
{
    /// <summary>The submits that are possible, the first choice first.</summary>
    public IReadOnlyList<PreparedSubmit> Able => [.. Candidates.Select(candidate => candidate.Prepared).OfType<PreparedSubmit>()];

    public static SubmitRow Of(PreparedSubmit prepared, SubmitOptions options) => new(
        prepared.Asked,
        [new SubmitCandidate { Provider = prepared.Account.Provider, Profile = prepared.Account.Profile, Prepared = prepared }],
        options);
}

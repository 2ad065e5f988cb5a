using Seedance.Jobs.Prepare;

namespace Seedance.Jobs.Submit;

/// <summary>Submits a row to the first of its accounts that takes it, or returns the job that its token made before.</summary>
internal sealed class SubmitVideo(SeedanceServices services)
{
    private readonly SubmitToAccount _submit = new(services);

    /// <returns>The job that was written; null where an error was reported.</returns>
    public async Task<SeedanceJob?> RunAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            SeedanceJob job = await SubmitAsync(row, output, stop).ConfigureAwait(false);
            if (job.IsReused)
            {
                output.Verbose(
                    string.Format(CultureInfo.InvariantCulture, "Reused {0}, which is {1}; nothing is paid.", job.Id, job.State));
            }

            output.Write(job);
            return job;
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, row.Request.Prompt)); // One item of a batch; the others go on.
            return null;
        }
    }

    private async Task<SeedanceJob> SubmitAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        await services.Store.OpenAsync(stop).ConfigureAwait(false);
        row = await ReuseToken.NameAsync(services, row, stop).ConfigureAwait(false);
        TokenOwner owner = await TokenOwner.FindAsync(services, row, stop).ConfigureAwait(false);
        if (owner.Keyless is { } keyless && await _submit.FindAsync(keyless, row.Options, output, stop).ConfigureAwait(false) is { } known)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture,
                "{0} at {1} is this request's job; the key to ask {1} with is missing.", known.Id, known.Provider));
            return known;
        }

        IReadOnlyList<SubmitCandidate> order = owner.Candidate is { } taker ? [taker] : row.Candidates;
        Budget.CheckUnits(order.Select(candidate => (candidate.Provider, candidate.Prepared?.Estimate?.Unit)), row.Request, row.Options);
        return await AccountWalk.RunAsync(
            order, row.Request, (prepared, before) =>
                _submit.RunAsync(prepared, row.Options with { Attempts = before }, output, stop), output).ConfigureAwait(false);
    }
}

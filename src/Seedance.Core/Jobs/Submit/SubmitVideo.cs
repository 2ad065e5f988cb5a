using Seedance.Jobs.Prepare;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Submits a row to the first of its accounts that takes it, or returns the job that its token made before. The record is on disk before
/// the request leaves, so a paid job never exists in memory alone; a stop that comes while the request is on its way leaves the recording
/// of its answer to go on behind the command.
/// </summary>
internal sealed class SubmitVideo(SeedanceServices services)
{
    private readonly TokenJobs _tokens = new(services);
    private readonly SlotLimiter _slots = new(services);
    private readonly SubmitDelivery _delivery = new(services);

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
        SubmitCandidate? owner = await _tokens.FindOwnerAsync(row, stop).ConfigureAwait(false);
        if (owner is { Refusal: not null, Prepared: { } keyless }
            && await FindAsync(keyless, row.Options, output, stop).ConfigureAwait(false) is { } known)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture,
                "{0} at {1} is this request's job; the key to ask {1} with is missing.", known.Id, known.Provider));
            return known;
        }

        IReadOnlyList<SubmitCandidate> order = owner is { Refusal: null } ? [owner] : row.Candidates;
        Budget.CheckUnits(order.Select(candidate => (candidate.Provider, candidate.Prepared?.Estimate?.Unit)), row.Request, row.Options);
        return await AccountWalk.RunAsync(
            order, row.Request, (prepared, before) =>
                SubmitToAsync(prepared, row.Options with { Attempts = before }, output, stop), output).ConfigureAwait(false);
    }

    /// <summary>To the account for which it was prepared.</summary>
    private async Task<SeedanceJob> SubmitToAsync(
        PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        foreach (string warning in prepared.Warnings)
        {
            output.Warn(warning);
        }

        StoredJob record = prepared.Record(options, services.Time.GetUtcNow());
        if (await _tokens.FindAsync(prepared.Account, record, options, output, stop).ConfigureAwait(false) is { } before)
        {
            return before; // It is paid for, whatever the call would allow now.
        }

        Budget.CheckCall(prepared, options);
        Action giveBack = options.Total?.Add(prepared, options) ?? (static () => { });
        try
        {
            SeedanceJob job = await MakeAsync(prepared, record, options, output, stop).ConfigureAwait(false);
            if (job.IsReused)
            {
                giveBack();
            }

            return job;
        }
        catch (SeedanceException error) when (error.Code is not (ErrorCode.SubmitUnconfirmed or ErrorCode.StoreFailure))
        {
            giveBack(); // It surely was not taken; the next account or row may use the money.
            throw;
        }
    }

    private async Task<SeedanceJob> MakeAsync(
        PreparedSubmit prepared, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        record = record with { Media = await MediaHashes.OfAsync(prepared.LocalMedia, stop).ConfigureAwait(false) };
        WireRequest message = await services.Messages.BuildAsync(prepared, record.Job.Id, output, stop).ConfigureAwait(false);
        Task<SeedanceJob>? delivery = null;
        services.Ended.Begin(record.Job.Id);
        try
        {
            StoredJob entered;
            while ((entered = await _slots.AcquireAsync(prepared, record, options, output, stop)
                .ConfigureAwait(false)).Job.Id != record.Job.Id)
            {
                if (await _tokens.AttachAsync(prepared.Account, entered, record, options, output, stop).ConfigureAwait(false) is { } theirs)
                {
                    return theirs;
                }
            }

            options.Entered();
            output.Verbose(
                string.Format(CultureInfo.InvariantCulture, "Recorded {0}; submitting to {1}.", record.Job.Id, prepared.Account.Provider));
            delivery = Task.Run(
                () => _delivery.RunAsync(prepared.Account, message, entered, options, output, stop), CancellationToken.None);
        }
        finally
        {
            if (delivery is null)
            {
                services.Ended.Add(record.Job.Id);
            }
        }

        return await delivery.OrStop(stop).ConfigureAwait(false);
    }

    /// <summary>The job that the token made before; null when there is none. Needs no key, unless its outcome is unknown.</summary>
    private Task<SeedanceJob?> FindAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop) =>
        _tokens.FindAsync(prepared.Account, prepared.Record(options, services.Time.GetUtcNow()), options, output, stop);
}

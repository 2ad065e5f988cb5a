using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Jobs.Submit;

/// <summary>
/// One submit to one account. The record is on disk before the request leaves, so a paid job never exists in memory alone; a stop that
/// comes while the request is on its way leaves the recording of its answer to go on behind the command.
/// </summary>
internal sealed class SubmitToAccount(SeedanceServices services)
{
    private readonly TokenJobs _tokens = new(services);
    private readonly SlotLimiter _slots = new(services);
    private readonly SubmitDelivery _delivery = new(services);

    public async Task<SeedanceJob> RunAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        foreach (string warning in prepared.Warnings)
        {
            output.Warn(warning);
        }

        StoredJob record = SubmitRecord.New(prepared, options, services.Time.GetUtcNow());
        if (await _tokens.FindAsync(prepared.Account, record, options, output, stop).ConfigureAwait(false) is { } before)
        {
            return before; // It is paid for, whatever the call would allow now.
        }

        Budget.CheckCall(prepared, options);
        Action giveBack = options.Total?.Reserve(prepared, options) ?? (static () => { });
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
        WireRequest message = await MessageAsync(prepared, record.Job.Id, output, stop).ConfigureAwait(false);
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
    public Task<SeedanceJob?> FindAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop) =>
        _tokens.FindAsync(prepared.Account, SubmitRecord.New(prepared, options, services.Time.GetUtcNow()), options, output, stop);

    private async Task<WireRequest> MessageAsync(PreparedSubmit prepared, string id, IOperationOutput output, CancellationToken stop)
    {
        VideoRequest onWire = await services.Uploader.UploadAsync(prepared, output, stop).ConfigureAwait(false);
        onWire = await AskFirst.RunAsync(services, prepared.Account, prepared.Capability.Model, onWire, output, stop).ConfigureAwait(false);
        WireRequest message = prepared.Account.Adapter.BuildSubmit(onWire, prepared.Capability.Model);
        return prepared.Account.Adapter is IMarksJobs marks ? marks.Mark(message, id) : message;
    }
}

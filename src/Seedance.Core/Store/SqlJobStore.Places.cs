using System.Collections.Concurrent;
using Seedance.Records;

namespace Seedance.Store;

/// <content>Who waits in the line for a slot, and leaves it.</content>
internal sealed partial class SqlJobStore
{
    // Whose place could not be given up: as long as it stands, this process is believed to wait there.
    private readonly ConcurrentDictionary<string, bool> _leftPlaces = new(StringComparer.Ordinal);

    public async Task<SlotVerdict> TryTakeSlotAsync(StoredJob job, SlotTerms terms, CancellationToken stop)
    {
        _ = _leftPlaces.TryRemove(job.Job.Id, out _);
        string[] left = [.. _leftPlaces.Keys.OrderBy(static id => id, StringComparer.Ordinal)];
        SlotVerdict verdict = await WriteAsync(
            "record the job", terms.Patience, session => TakeSlotAsync(session, job, terms, left), stop).ConfigureAwait(false);
        Array.ForEach(left, id => _leftPlaces.TryRemove(id, out _));
        return verdict;
    }

    /// <summary>
    /// A stopped command must not wait for whoever holds the store; its place is given up as soon as that is possible, at the latest when
    /// this process asks for a slot again.
    /// </summary>
    public async Task LeaveQueueAsync(StoredJob job)
    {
        _leftPlaces[job.Job.Id] = true;
        if (!await ExistsAsync(CancellationToken.None).ConfigureAwait(false))
        {
            _leftPlaces.TryRemove(job.Job.Id, out _);
            return; // There is no store yet, so there is no queue.
        }

        Task leaving = LeaveAsync(job.Job.Id, TimeSpan.Zero);
        try
        {
            await leaving.ConfigureAwait(false);
        }
        catch (SeedanceException error) when (StoreErrors.IsBusy(error))
        {
            _ = LeaveAsync(job.Job.Id, StoreErrors.Patience).ContinueWith(static late => late.Exception, TaskScheduler.Default);
        }
    }

    private Task<bool> LeaveAsync(string id, TimeSpan patience) => RepeatAsync("leave the queue", async () =>
    {
        using StoreSession session = await _engine.WriteAsync(patience, durable: false, CancellationToken.None).ConfigureAwait(false);
        await PlaceTable.LeaveAsync(session, id).ConfigureAwait(false);
        session.Commit();
        return _leftPlaces.TryRemove(id, out _);
    });
}

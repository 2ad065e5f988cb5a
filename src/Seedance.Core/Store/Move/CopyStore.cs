
namespace Seedance.Store;

/// <summary>
/// Moves all that a store holds into an empty one, whichever engines they are: in one transaction, so that it is all there or nothing, and
/// compared row by row before that ends.
/// </summary>
internal sealed class CopyStore(StoreEngine from, StoreEngine to)
{
    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        if (from.Place == to.Place)
        {
            throw Refused("The store " + to.Place + " cannot be copied to itself.", "Name another with -To.", to.Place);
        }

        using StoreSession source = await StoreErrors.GuardAsync(
            from, "open the store " + from.Place, () => from.SnapshotAsync(stop)).ConfigureAwait(false);
        await StoreErrors.GuardAsync(from, "read the store " + from.Place, () => PrepareAsync(source)).ConfigureAwait(false);
        using StoreSession target = await StoreErrors.GuardAsync(
            to, "open the store " + to.Place, () => to.WriteAsync(StoreErrors.Patience, durable: true, stop)).ConfigureAwait(false);
        await StoreErrors.GuardAsync(to, "copy to the store " + to.Place, () => CopyAsync(source, target, output, stop))
            .ConfigureAwait(false);
    }

    private async Task<bool> PrepareAsync(StoreSession source)
    {
        DateTimeOffset now = await from.NowAsync(source).ConfigureAwait(false);
        await HolderTable.BuryAsync(source, now).ConfigureAwait(false);
        long busy = await source.FirstAsync(
            "select count(*) from ~holder where lease_until > @now and mark <> @self",
            static row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture),
            ("now", SqlTime.Text(now)),
            ("self", from.Self.ToText())).ConfigureAwait(false);
        return busy == 0 ? true : throw Refused(
            string.Format(CultureInfo.InvariantCulture,
                "Other processes are at work on the store {0}, or were a moment ago ({1}), and what they do after this would be lost.",
            from.Place, busy),
            "End them, wait two minutes and copy again.",
            from.Place);
    }

    private async Task<bool> CopyAsync(StoreSession source, StoreSession target, IOperationOutput output, CancellationToken stop)
    {
        await to.KeepOthersOutAsync(target, CopiedTable.All.Select(static table => table.Name)).ConfigureAwait(false);
        foreach (CopiedTable table in CopiedTable.All)
        {
            if (await table.CountAsync(target).ConfigureAwait(false) is > 0 and long rows)
            {
                throw Refused(
                    string.Format(CultureInfo.InvariantCulture,
                        "The store {0} is not empty: its table '{1}' has {2} rows. Nothing was copied.", to.Place, table.Name, rows),
                    "Copy to a new one; two stores with jobs of their own cannot be put together.",
                    to.Place);
            }
        }

        foreach (CopiedTable table in CopiedTable.All)
        {
            stop.ThrowIfCancellationRequested();
            await table.CopyAsync(source, target).ConfigureAwait(false);
            long rows = await table.CountAsync(target).ConfigureAwait(false);
            if (rows != await table.CountAsync(source).ConfigureAwait(false)
                || await table.FingerprintAsync(source).ConfigureAwait(false) != await table.FingerprintAsync(target).ConfigureAwait(false))
            {
                throw Refused("The table '" + table.Name + "' came out of the copy with other rows than it had. Nothing was copied.",
                    "Tell the module's authors.", to.Place);
            }

            output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0}: {1} rows, the same in both.", table.Name, rows));
        }

        target.Commit();
        return true;
    }

    private static SeedanceException Refused(string what, string action, string place) =>
        new(ErrorCode.StoreFailure, what) { RecommendedAction = action, Target = place };
}

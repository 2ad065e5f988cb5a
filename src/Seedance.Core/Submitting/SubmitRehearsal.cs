using Seedance.Spending;

namespace Seedance.Submitting;

/// <summary>What a budget would say to the requests of one call, one after the other. Sends, records and reserves nothing.</summary>
internal sealed class SubmitRehearsal(SeedanceServices services)
{
    private readonly List<SpendEntry> _passed = [];

    /// <summary>The first of a row's accounts whose budget lets the request through; throws what a submit would where none does.</summary>
    public async Task<PreparedSubmit> FirstAsync(SubmitRow row, CancellationToken stop)
    {
        row = await ReuseToken.NameAsync(row, stop).ConfigureAwait(false);
        IReadOnlyList<PreparedSubmit> able = row.Able;
        Budget.CheckUnits(able.Select(one => (one.Account.Provider, one.Estimate?.Unit)), row.Request, row.Options);
        for (int i = 0; ; i++)
        {
            try
            {
                await CheckAsync(able[i], row.Options, stop).ConfigureAwait(false);
                return able[i];
            }
            catch (SeedanceException) when (i + 1 < able.Count)
            {
                // As a submit does, the next is asked.
            }
        }
    }

    /// <summary>A request whose token has made a job already costs nothing more.</summary>
    private async Task CheckAsync(PreparedSubmit prepared, SubmitOptions options, CancellationToken stop)
    {
        if (options.ClientToken is { } token
            && await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { } known && !services.Orphans.WasNeverSent(known))
        {
            return;
        }

        Budget.CheckCall(prepared, options);
        SeedanceJob job = SubmitRecord.New(prepared, options, services.Time.GetUtcNow()).Job;
        SpendEntry asked = SpendEntry.Of(SpendEvent.Reserve, job);
        if (prepared.Caps is { } caps)
        {
            DateTime today = job.CreatedAt.UtcDateTime;
            IReadOnlyList<SpendSum> spent = await services.Store.SumSpendAsync(
                new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero), job.CreatedAt, stop).ConfigureAwait(false);
            SpendPage here = new(asked.Day);
            _passed.Where(entry => entry.Day == asked.Day).ToList().ForEach(here.Apply);
            if (SpendBreach.Find(caps, asked, [.. spent, .. here.Sums], options.Force) is { } breach)
            {
                throw Budget.Refuse(breach, caps, job);
            }
        }

        _passed.Add(asked);
    }
}

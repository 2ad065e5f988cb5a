using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Store;

namespace Seedance.Durations;

/// <summary>
/// How long jobs take, learnt from those that ended: per provider, model, resolution and duration, and behind that per model, so that a new
/// duration does not start from nothing. The store keeps it; a process reads each kind when it first needs it and now and then again.
/// </summary>
internal sealed class CompletionHistory(IJobStore store, TimeProvider time)
{
    private static readonly TimeSpan s_reread = TimeSpan.FromMinutes(10); // Other processes learn too.
    private readonly ConcurrentDictionary<string, CompletionModel> _models = new(StringComparer.Ordinal);

    /// <summary>What is known of jobs like this one; it goes on learning while it is held.</summary>
    public CompletionModel For(SeedanceJob job, Account account)
    {
        string model = Kind(job.Provider, job.WireModel, job.StartsFrom, job.IsSimulated ? "simulated" : null);
        CompletionModel of = _models.GetOrAdd(
            Kind(model, job.Request?.Resolution, job.Request?.DurationSeconds), kind =>
                new CompletionModel(kind, model, Catalogued(job, account)));
        if (of.IsStale(time.GetTimestamp(), (long)(s_reread.TotalSeconds * time.TimestampFrequency)))
        {
            _ = ReadAsync(of); // Until it is there the catalogue's figure serves.
        }

        return of;
    }

    /// <summary>Notes a job that ended. What cannot be noted is not worth an error: the next waits are a little less well timed.</summary>
    public async Task AddAsync(CompletionModel model, TimeSpan duration)
    {
        model.Add(duration);
        try
        {
            await store.AddDurationAsync(model.Kind, duration, CancellationToken.None).ConfigureAwait(false);
            await store.AddDurationAsync(model.Wider, duration, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Noted in memory.
        }
    }

    private static string Kind(params object?[] parts) =>
        string.Join("|", parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))).ToLowerInvariant();

    private static TimeSpan? Catalogued(SeedanceJob job, Account account)
    {
        int? typical = account.Catalogue.RowsOf(account.Adapter).Select(row => row.Model)
            .FirstOrDefault(model => string.Equals(model.WireModel, job.WireModel, StringComparison.Ordinal)
                && model.StartsFrom == job.StartsFrom)?.TypicalSeconds;
        return typical is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private async Task ReadAsync(CompletionModel model)
    {
        try
        {
            var wider = await store.DurationsAsync(model.Wider, CancellationToken.None).ConfigureAwait(false);
            model.Take(wider, await store.DurationsAsync(model.Kind, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // What is in memory serves.
        }
    }
}

using Seedance.Jobs.Prepare;
using Seedance.Records;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Records rows for a worker to submit, checked and priced as if they were sent now. Nothing is sent and no cap is asked for room.
/// </summary>
internal sealed class EnqueueJobs(SeedanceServices services)
{
    private readonly TokenJobs _owners = new(services);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal); // Of rows that are not on record yet.

    /// <summary>
    /// A row that is ready to be put on record. It stands under its token. <paramref name="Record"/> is null where the token has a job
    /// already; <paramref name="GiveBack"/> gives back its part of the call's sum.
    /// </summary>
    internal sealed record PlannedRow(SubmitRow Row, StoredJob? Record, Action GiveBack)
    {
        /// <summary>The job that the token made before.</summary>
        public StoredJob? Existing { get; init; }
    }

    /// <summary>Null where the row cannot be submitted, which is reported.</summary>
    public async Task<PlannedRow?> PrepareAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            row = await ReuseToken.NameAsync(services, row, stop).ConfigureAwait(false);
            if (row.Options.ClientToken is { } token
                && await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { } existing
                && _owners.AskedOf(existing.Job, row) is { } asked)
            {
                CheckSame(existing, asked, row);
                return new PlannedRow(row, Record: null, static () => { }) { Existing = existing };
            }

            Budget.CheckUnits(row.Candidates.Select(one => (one.Provider, one.Prepared?.Estimate?.Unit)), row.Request, row.Options);
            PreparedSubmit first = await AccountWalk.RunAsync(
                row.Candidates, row.Request, (prepared, _) => Checked(prepared, row.Options), output).ConfigureAwait(false);
            foreach (string warning in first.Warnings)
            {
                output.Warn(warning);
            }

            StoredJob record = first.Record(row.Options, services.Time.GetUtcNow());
            record = record with
            {
                IsUnsent = false,
                Plan = PlanOf(row),
                Media = await MediaHashes.OfAsync(first.LocalMedia, stop).ConfigureAwait(false),
                Job = record.Job with { State = JobStatus.Planned },
            };

            // Two rows with one token are one job, which is paid once.
            bool isFirst = row.Options.ClientToken is not { } name || !_tokens.Contains(name);
            Action? giveBack = isFirst ? row.Options.Total?.Add(first, row.Options) : null;
            if (row.Options.ClientToken is { } own)
            {
                _tokens.Add(own);
            }

            return new PlannedRow(row, record, giveBack ?? (static () => { }));
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, row.Request.Prompt));
            return null;
        }
    }

    /// <summary>
    /// Puts them on record at once, and writes each job to its row's output; null where the token belongs to another request, which is
    /// reported.
    /// </summary>
    public async Task<IReadOnlyList<SeedanceJob?>> RecordAsync(
        IReadOnlyList<(PlannedRow Row, IOperationOutput Output)> rows, CancellationToken stop)
    {
        _tokens.Clear();
        StoredJob[] records = [.. rows.Select(one => one.Row.Record).OfType<StoredJob>()];
        Queue<StoredJob> recorded = new(
            records.Length == 0 ? [] : await services.Store.PlanAsync(records, stop).ConfigureAwait(false));
        return [.. rows.Select(one => Write(one.Row, one.Row.Existing ?? recorded.Dequeue(), one.Output))];
    }

    private SeedanceJob? Write(PlannedRow row, StoredJob recorded, IOperationOutput output)
    {
        SeedanceJob job = recorded.Job;
        if (row.Record is not { } planned || !ReferenceEquals(recorded.Plan, planned.Plan))
        {
            row.GiveBack();
            try
            {
                if (_owners.AskedOf(recorded.Job, row.Row) is { } asked)
                {
                    CheckSame(recorded, asked, row.Row);
                }
            }
            catch (SeedanceException error)
            {
                output.Error(error);
                return null;
            }

            job = job with { IsReused = true };
            output.Verbose(
                string.Format(CultureInfo.InvariantCulture, "Reused {0}, which is {1}; nothing is planned.", job.Id, job.Status));
        }

        output.Write(job);
        return job;
    }

    private void CheckSame(StoredJob existing, PreparedSubmit asked, SubmitRow row) =>
        TokenJobs.CheckSame(existing.Job, asked.Record(row.Options, services.Time.GetUtcNow()), row.Options);

    private static Task<PreparedSubmit> Checked(PreparedSubmit prepared, SubmitOptions options)
    {
        Budget.CheckCall(prepared, options);
        return Task.FromResult(prepared);
    }

    private static SubmitPlan PlanOf(SubmitRow row) => new()
    {
        Asked = row.Request,
        Accounts = [.. row.Candidates.Select(one => (one.Profile, one.Profile is null ? one.Provider : null))],
        Priority = row.Options.Priority,
        Terms = row.Options.Terms,
        MaxCost = row.Options.MaxCost,
        Force = row.Options.Force,
        ContinueUnconfirmed = row.Options.ContinueUnconfirmed,
    };
}

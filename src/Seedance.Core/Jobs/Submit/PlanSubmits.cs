using Seedance.Jobs.Prepare;
using Seedance.Records;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Records rows for a worker to submit, checked and priced as if they were sent now. Nothing is sent and no cap is asked for room.
/// </summary>
internal sealed class PlanSubmits(SeedanceServices services)
{
    /// <summary>The record of a planned job and what gives back its part of the call's sum.</summary>
    internal sealed record PlannedRow(SubmitRow Row, StoredJob Record, Action GiveBack);

    /// <summary>Null where the row cannot be submitted, which is reported.</summary>
    public async Task<PlannedRow?> PrepareAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            row = await ReuseToken.NameAsync(services, row, stop).ConfigureAwait(false);
            Budget.CheckUnits(row.Candidates.Select(one => (one.Provider, one.Prepared?.Estimate?.Unit)), row.Request, row.Options);
            PreparedSubmit first = await AccountWalk.RunAsync(
                row.Candidates, row.Request, (prepared, _) => Checked(prepared, row.Options), output).ConfigureAwait(false);
            foreach (string warning in first.Warnings)
            {
                output.Warn(warning);
            }

            StoredJob record = SubmitRecord.New(first, row.Options, services.Time.GetUtcNow());
            return new PlannedRow(
                row,
                record with
                {
                    IsUnsent = false,
                    Plan = PlanOf(row),
                    Media = await MediaHashes.OfAsync(first.LocalMedia, stop).ConfigureAwait(false),
                    Job = record.Job with { State = JobStatus.Planned },
                },
                row.Options.Total?.Reserve(first, row.Options) ?? (static () => { }));
        }
        catch (Exception error) when (Unforeseen.IsFault(error, stop))
        {
            output.Fault(Unforeseen.Of(error, row.Request.Prompt));
            return null;
        }
    }

    /// <summary>
    /// Puts them on record at once, and writes each job; null where the token belongs to another request, which is reported.
    /// </summary>
    public async Task<IReadOnlyList<SeedanceJob?>> RecordAsync(
        IReadOnlyList<PlannedRow> rows, IOperationOutput output, CancellationToken stop)
    {
        IReadOnlyList<StoredJob> recorded = await services.Store.PlanAsync([.. rows.Select(row => row.Record)], stop).ConfigureAwait(false);
        List<SeedanceJob?> jobs = [];
        for (int i = 0; i < rows.Count; i++)
        {
            jobs.Add(Write(rows[i], recorded[i], output));
        }

        return jobs;
    }

    private static SeedanceJob? Write(PlannedRow row, StoredJob recorded, IOperationOutput output)
    {
        SeedanceJob job = recorded.Job;
        if (!ReferenceEquals(recorded.Plan, row.Record.Plan))
        {
            row.GiveBack();
            try
            {
                TokenJobs.CheckSame(job, row.Record, row.Row.Options);
            }
            catch (SeedanceException error)
            {
                output.Fault(error);
                return null;
            }

            job = job with { IsReused = true };
            output.Verbose(string.Format(CultureInfo.InvariantCulture, "Reused {0}, which is {1}; nothing is planned.", job.Id, job.Status));
        }

        output.Write(job);
        return job;
    }

    private static Task<PreparedSubmit> Checked(PreparedSubmit prepared, SubmitOptions options)
    {
        Budget.CheckCall(prepared, options);
        return Task.FromResult(prepared);
    }

    private static SubmitPlan PlanOf(SubmitRow row) => new(row.Request)
    {
        Accounts = [.. row.Candidates.Select(one => (one.Profile, one.Profile is null ? one.Provider : null))],
        Priority = row.Options.Priority,
        Shape = row.Options.Terms.Shape,
        Fixed = row.Options.Terms.Fixed,
        ChosenSeed = row.Options.Terms.ChosenSeed,
        AllowUnknownModel = row.Options.Terms.AllowUnknownModel,
        MaxCost = row.Options.MaxCost,
        Force = row.Options.Force,
        ContinueUnconfirmed = row.Options.ContinueUnconfirmed,
    };
}

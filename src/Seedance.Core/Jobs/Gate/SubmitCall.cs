using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Jobs.Wait;
using Seedance.Spending;

namespace Seedance.Jobs.Gate;

/// <summary>
/// The submits of one call of the command: what the rows have to know of each other, and what each of them would do or does. Rows are
/// submitted as they come, or reviewed all before the first is submitted.
/// </summary>
internal sealed class SubmitCall(SeedanceServices services)
{
    private const int PlannedTogether = 500; // One flush to the disk for all of them.
    private readonly RequestCounter _asked = new();
    private readonly SubmitRehearsal _rehearsal = new(services);
    private readonly SubmitVideo _submit = new(services);
    private readonly EnqueueJobs _plans = new(services);
    private readonly List<PlannedHere> _planned = [];
    private readonly CallTally _reviewed = new();
    private readonly CallTally _done = new();
    private readonly CallTotal _total = new();
    private readonly List<SubmitRow> _fit = [];
    private readonly HashSet<SpendCaps?> _caps = [];
    private readonly StoppedWait _goesOn = new();

    /// <summary>How many of the reviewed rows would be refused.</summary>
    public int Refused => _reviewed.Refused;

    /// <summary>The reviewed rows that would not be.</summary>
    public IReadOnlyList<SubmitRow> Fit => _fit;

    public SubmitRow Row(VideoRequest request, IReadOnlyList<AccountChoice> accounts, SubmitOptions options) => new(
        request,
        [.. accounts.Select(choice => SubmitCandidate.Of(choice, request, options.Terms))],
        options with { Occurrence = _asked.Next(accounts.Select(choice => (choice.Profile, choice.Provider)), request) });

    /// <summary>Rows that came to nothing before there was a request.</summary>
    public void Refuse(int rows)
    {
        _reviewed.Refuse(rows);
        _done.Refuse(rows);
    }

    /// <summary>
    /// What the row would do, after the rows before it; the output says why it would be refused. <paramref name="row"/> is from
    /// <see cref="Row"/>; <paramref name="keep"/> where it may be submitted afterwards.
    /// </summary>
    public async Task<RowVerdict> ReviewAsync(SubmitRow row, bool keep, IOperationOutput output, CancellationToken stop)
    {
        RowVerdict verdict = await _rehearsal.JudgeAsync(row, stop).ConfigureAwait(false);
        if (verdict.Refusal is { } refusal)
        {
            _reviewed.Refuse();
            output.Error(refusal);
            return verdict;
        }

        if (verdict.New is { } prepared)
        {
            _reviewed.Makes(prepared.Estimate, verdict.Most);
            _caps.Add(prepared.Caps);
        }
        else
        {
            _reviewed.Exists();
        }

        if (keep)
        {
            _fit.Add(verdict.Row);
        }

        return verdict;
    }

    /// <summary>The job that the row would return; null where it would make one, or be refused, which its submit says.</summary>
    public async Task<RowVerdict?> FindAsync(SubmitRow row, CancellationToken stop)
    {
        try
        {
            return await _rehearsal.FindAsync(row, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            return null;
        }
    }

    /// <summary>What the reviewed rows come to, and what the caps leave where one profile pays for all.</summary>
    public async Task<string> ReviewLineAsync(CancellationToken stop) => _reviewed.Line(
        _caps.Count == 1 && _caps.First() is { } caps && _reviewed.Unit is { } unit
            ? await _rehearsal.LeftAsync(caps, unit, stop).ConfigureAwait(false)
            : null);

    /// <summary>What of the submitted and the found goes on when the call is stopped now, in one line; null where nothing does.</summary>
    public string? GoingOn() => _goesOn.Describe();

    /// <summary>What the submitted rows came to.</summary>
    public string DoneLine() => _done.Line(left: null);

    /// <summary>
    /// Plans the row; many are put on record together, and their jobs written then. <paramref name="row"/> is from <see cref="Row"/>. Its
    /// job and its error go to <paramref name="output"/> where they are not asked for; one that is <paramref name="refused"/> is not
    /// written.
    /// </summary>
    public async Task PlanAsync(
        SubmitRow row, IOperationOutput output, CancellationToken stop, Action<SeedanceJob>? recorded = null,
        Action<SeedanceException>? refused = null)
    {
        row = row with { Options = row.Options with { Total = _total } };
        if (await _plans.PrepareAsync(row, OutputOf(refused, output), stop).ConfigureAwait(false) is { } planned)
        {
            _planned.Add(new PlannedHere(planned, recorded, refused));
        }
        else
        {
            _done.Refuse();
        }

        if (_planned.Count >= PlannedTogether)
        {
            await RecordPlannedAsync(output, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Puts on record what was planned and is not yet.</summary>
    public async Task RecordPlannedAsync(IOperationOutput output, CancellationToken stop)
    {
        PlannedHere[] rows = [.. _planned];
        _planned.Clear();
        IReadOnlyList<SeedanceJob?> jobs = await _plans.RecordAsync(
            [.. rows.Select(row => (row.Row, OutputOf(row.Refused, output)))], stop).ConfigureAwait(false);
        for (int i = 0; i < jobs.Count; i++)
        {
            Count(jobs[i]);
            if (jobs[i] is { } job)
            {
                rows[i].Recorded?.Invoke(job);
            }
        }
    }

    public async Task SubmitAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        SubmitRow counted = row with { Options = row.Options with { Total = _total } };
        SeedanceJob? job = await _submit.RunAsync(counted, output, stop).ConfigureAwait(false);
        if (job is not null)
        {
            _goesOn.Add(job);
        }

        Count(job);
    }

    private static IOperationOutput OutputOf(Action<SeedanceException>? refused, IOperationOutput output) =>
        refused is null ? output : new RoutedOutput(output, static _ => { }, refused);

    private void Count(SeedanceJob? job)
    {
        if (job is null)
        {
            _done.Refuse();
        }
        else if (job.IsReused)
        {
            _done.Exists();
        }
        else
        {
            _done.Makes(job.EstimatedCost, job.EstimatedCost?.Amount);
        }
    }

    /// <summary>A planned row that is not on record yet, and who is told what becomes of it.</summary>
    private sealed record PlannedHere(EnqueueJobs.PlannedRow Row, Action<SeedanceJob>? Recorded, Action<SeedanceException>? Refused);
}

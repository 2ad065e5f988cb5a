using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Jobs.Queue;

/// <summary>
/// Submits planned jobs by the way of all submits, several at once, and decides what a refusal means for a job and for its account.
/// <paramref name="accounts"/> finds an account by its profile or provider; those in <paramref name="resting"/> take nothing for a while.
/// </summary>
internal sealed class SubmitPlanned(SeedanceServices services, Func<AccountSelection, Account> accounts, RestingAccounts resting)
{
    private readonly SubmitVideo _submit = new(services);
    private readonly ConcurrentDictionary<ErrorCode, bool> _told = new();

    /// <summary>
    /// The job is in this worker's hands. <paramref name="entered"/> is called when it has its slot and is about to be sent.
    /// </summary>
    public async Task<PlannedOutcome> RunAsync(StoredJob planned, Action entered, IOperationOutput output, CancellationToken stop)
    {
        string account = AccountKey.Of(planned.Job);
        SubmitRow row = RowOf(planned, entered);
        if (await MediaErrorAsync(planned, stop).ConfigureAwait(false) is { } changed)
        {
            return await FailAsync(planned, changed).ConfigureAwait(false);
        }

        if (Absent(planned) is { } absent)
        {
            return LeaveToOthers(planned, absent, output);
        }

        SeedanceJob? made = null;
        SeedanceException? refusal = null;
        await _submit.RunAsync(row, new RoutedOutput(output, job => made = job, error => refusal = error), stop).ConfigureAwait(false);
        if (refusal is null)
        {
            resting.Took(account);
            return new PlannedOutcome(made) { MayHaveLeft = made is { IsReused: false } };
        }

        switch (refusal.Code)
        {
            case ErrorCode.SlotTimeout:
                output.Verbose(planned.Job.Id + ": " + refusal.Message);
                resting.Briefly(account);
                break;
            case ErrorCode.RateLimited or ErrorCode.ProviderUnavailable:
                output.Verbose(planned.Job.Id + ": " + refusal.Message);
                resting.BackOff(account);
                break;
            case ErrorCode.OverBudget when !IsOfTheRow(row):
                resting.UntilTomorrow(account, refusal, output);
                break;
            case ErrorCode.CredentialMissing or ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied or ErrorCode.InsufficientCredits
                or ErrorCode.ProviderNotChosen or ErrorCode.ProfileNotFound:
                resting.Long(account, refusal, output);
                break;
            case ErrorCode.SubmitUnconfirmed when refusal.Job?.Id != planned.Job.Id:
                resting.Long(account, refusal, output);
                break;
            case ErrorCode.SubmitUnconfirmed or ErrorCode.StoreFailure:
                output.Error(refusal);
                resting.Briefly(account);
                break;
            case ErrorCode.OverBudget: // The job's own limit, which is the same everywhere.
                return await FailAsync(planned, refusal).ConfigureAwait(false);
            default:
                return refusal.HttpStatus is null
                    ? LeaveToOthers(planned, refusal, output)
                    : await FailAsync(planned, refusal).ConfigureAwait(false);
        }

        // Both name the job where it was sent: one whose answer is unknown, and one whose answer could not be recorded.
        return new PlannedOutcome(null)
        {
            MayHaveLeft = refusal.Code is ErrorCode.SubmitUnconfirmed or ErrorCode.StoreFailure && refusal.Job?.Id == planned.Job.Id
                && !StoreErrors.IsLost(refusal),
        };
    }

    private SubmitRow RowOf(StoredJob planned, Action entered)
    {
        SubmitPlan plan = planned.Plan!;
        AccountChoice[] choices = [.. plan.Accounts.Select(name => Choose(name.Profile, name.Provider))];
        SubmitCandidate[] candidates = [.. choices.Select(choice => SubmitCandidate.Of(choice, plan.Asked, plan.Terms))];
        return new SubmitRow(plan.Asked, candidates, new SubmitOptions
        {
            Planned = planned,
            Entered = entered,
            ClientToken = planned.Job.ClientToken,
            MaxCost = plan.MaxCost,
            Force = plan.Force,
            ContinueUnconfirmed = plan.ContinueUnconfirmed,
            SlotTimeout = TimeSpan.Zero, // The queue is the place to wait in.
            Terms = plan.Terms,
            Entry = new SetEntry
            {
                Tag = planned.Job.Tag,
                Batch = planned.Job.Batch,
                Row = planned.Job.Row,
                Take = planned.Job.Take,
                DerivedFrom = planned.Job.DerivedFrom,
                Columns = planned.Job.Columns,
            },
        });
    }

    private AccountChoice Choose(string? profile, string? provider)
    {
        AccountChoice choice = new(profile, provider);
        try
        {
            return choice with { Account = accounts(new AccountSelection { Profile = profile, Provider = provider }) };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return choice with { Refusal = Unforeseen.Of(error) };
        }
    }

    /// <summary>The row's own limit has no room for it, and not a cap.</summary>
    private static bool IsOfTheRow(SubmitRow row)
    {
        try
        {
            row.Able.ToList().ForEach(prepared => Budget.CheckCall(prepared, row.Options));
            return false;
        }
        catch (SeedanceException)
        {
            return true;
        }
    }

    private static async Task<SeedanceException?> MediaErrorAsync(StoredJob planned, CancellationToken stop)
    {
        IReadOnlyList<string> changes = await MediaHashes.FindChangesAsync(planned.Media, planned.Plan!.Asked, stop).ConfigureAwait(false);
        return changes.Count == MediaHashes.Missing(planned.Plan.Asked).Count ? null : new SeedanceException(
            ErrorCode.ReferenceUnreachable,
            "Its files are not as they were when it was planned: " + string.Join("; ", changes) + ". Nothing was sent.")
        {
            RecommendedAction = "Put the files back and plan it again: New-SeedanceVideo -From " + planned.Job.Id + " -Queue.",
        };
    }

    /// <summary>The files of a job may be on another worker's machine.</summary>
    private static SeedanceException? Absent(StoredJob planned)
    {
        IReadOnlyList<string> missing = MediaHashes.Missing(planned.Plan!.Asked);
        return missing.Count == 0 ? null : new SeedanceException(
            ErrorCode.ReferenceUnreachable, "Its files are not on this machine: " + string.Join(", ", missing) + ".")
        {
            RecommendedAction = "Put them there, or start a worker on a machine that has them.",
        };
    }

    /// <summary>
    /// Only the host's word, or the job's own contents, end it for every worker. The first of a kind is told, and stands for all.
    /// </summary>
    private PlannedOutcome LeaveToOthers(StoredJob planned, SeedanceException why, IOperationOutput output)
    {
        string text = (planned.Job.Id + " stays planned, and this worker leaves it to others. " + why.Message + " "
            + why.RecommendedAction).TrimEnd();
        if (_told.TryAdd(why.Code, true))
        {
            output.Warn(text + " -Verbose names the others that it leaves for such a reason.");
        }
        else
        {
            output.Verbose(text);
        }

        return new PlannedOutcome(null) { IsForOthers = true };
    }

    private async Task<PlannedOutcome> FailAsync(StoredJob planned, SeedanceException error)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        StoredJob? failed = await services.Store.UpdateAsync(
            planned.Job.Id,
            current => current.Job.State != JobStatus.Planned ? current : current with
            {
                Job = current.Job with
                {
                    State = JobStatus.Failed,
                    CompletedAt = now,
                    Error = new JobError
                    {
                        Code = error.Code.ToString(),
                        ProviderCode = error.ProviderCode,
                        Message = error.Message,
                        RequestId = error.RequestId,
                    },
                },
            },
            CancellationToken.None,
            planned.Term).ConfigureAwait(false);
        return new PlannedOutcome(failed?.Job);
    }
}

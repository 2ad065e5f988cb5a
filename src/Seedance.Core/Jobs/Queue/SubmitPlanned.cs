using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Queue;

/// <summary>Submits one planned job by the way of all submits, and decides what a refusal means for it and for its account.</summary>
/// <param name="services">The store.</param>
/// <param name="accounts">An account by its profile or provider.</param>
/// <param name="resting">Accounts that take nothing for a while.</param>
internal sealed class SubmitPlanned(SeedanceServices services, Func<AccountSelection, Account> accounts, RestingAccounts resting)
{
    private readonly SubmitVideo _submit = new(services);

    /// <summary>
    /// The job when the provider has it, or when it failed for good; null where it stays planned or its outcome is unknown, which is
    /// reported.
    /// </summary>
    public async Task<SeedanceJob?> RunAsync(StoredJob planned, IOperationOutput output, CancellationToken stop)
    {
        string account = AccountKey.Of(planned.Job);
        SubmitRow row = RowOf(planned);
        if (await MediaErrorAsync(planned, stop).ConfigureAwait(false) is { } changed)
        {
            return await FailAsync(planned, changed).ConfigureAwait(false);
        }

        SeedanceJob? made = null;
        SeedanceException? refusal = null;
        await _submit.RunAsync(row, new RoutedOutput(output, job => made = job, error => refusal = error), stop).ConfigureAwait(false);
        if (refusal is null)
        {
            return made;
        }

        switch (refusal.Code)
        {
            case ErrorCode.SlotTimeout or ErrorCode.RateLimited or ErrorCode.ProviderUnavailable:
                output.Verbose(planned.Job.Id + ": " + refusal.Message);
                resting.Briefly(account);
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
                output.Fault(refusal);
                resting.Briefly(account);
                break;
            default:
                return await FailAsync(planned, refusal).ConfigureAwait(false);
        }

        return null;
    }

    private SubmitRow RowOf(StoredJob planned)
    {
        SubmitPlan plan = planned.Plan!;
        RequestTerms terms = new()
        {
            Shape = plan.Shape,
            Fixed = plan.Fixed,
            ChosenSeed = plan.ChosenSeed,
            AllowUnknownModel = plan.AllowUnknownModel,
        };
        AccountChoice[] choices = [.. plan.Accounts.Select(name => Choose(name.Profile, name.Provider))];
        SubmitCandidate[] candidates = [.. choices.Select(choice => SubmitCandidate.Of(choice, plan.Asked, terms))];
        return new SubmitRow(plan.Asked, candidates, new SubmitOptions
        {
            Planned = planned,
            ClientToken = planned.Job.ClientToken,
            MaxCost = plan.MaxCost,
            Force = plan.Force,
            ContinueUnconfirmed = plan.ContinueUnconfirmed,
            SlotTimeout = TimeSpan.Zero, // The queue is the place to wait in.
            Terms = terms,
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
        return changes.Count == 0 ? null : new SeedanceException(
            ErrorCode.ReferenceUnreachable, "Its files are not as they were when it was planned: " + string.Join("; ", changes) + ". Nothing was sent.")
        {
            RecommendedAction = "Put the files back and plan it again: New-SeedanceVideo -From " + planned.Job.Id + " -Queue.",
        };
    }

    private async Task<SeedanceJob?> FailAsync(StoredJob planned, SeedanceException error)
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
        return failed?.Job;
    }
}

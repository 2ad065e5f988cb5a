using Seedance.Accounts;
using Seedance.Polling;
using Seedance.Records;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Jobs.Query;

/// <summary>
/// Takes a job that was made elsewhere into this state folder: asks its host first, so that no record is made of an id that nobody knows.
/// </summary>
internal sealed class AdoptJob(SeedanceServices services)
{
    private static readonly TimeSpan s_longAgo = TimeSpan.FromDays(3650);

    /// <summary>Some hosts can be asked only with their name of the model, where the caller knows it.</summary>
    public async Task RunAsync(Account account, string providerJobId, string? wireModel, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            output.Write(await AdoptAsync(account, providerJobId.Trim(), wireModel, output, stop).ConfigureAwait(false));
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, providerJobId));
        }
    }

    private async Task<SeedanceJob> AdoptAsync(
        Account account, string providerJobId, string? wireModel, IOperationOutput output, CancellationToken stop)
    {
        RequireUsable(providerJobId, account.Provider);

        StoredJob? known = await services.Store.FindByProviderJobIdAsync(account.Provider, providerJobId, stop).ConfigureAwait(false);
        if (known is not null && known.Job.Endpoint == account.BaseUri)
        {
            output.Verbose(known.Job.Id + " is this job already.");
            if (known.Job.IsFinished && !ForgottenJob.Is(known.Job))
            {
                return known.Job;
            }

            PollOutcome asked = await services.Poller.PollAsync(known, account, output, stop).ConfigureAwait(false);
            return asked.Error is { } trouble ? throw trouble : asked.Stored.Job;
        }

        PollOutcome answer = await services.Poller.AskAsync(NewRecord(account, providerJobId, wireModel), account, output, stop)
            .ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw error;
        }

        if (answer.Update!.Status is null)
        {
            output.Warn(account.Provider + " reports the status '" + (answer.Update.StatusWord ?? "(none)")
                + "', which this version does not know; it is taken as still running.");
        }

        StoredJob adopted = Describe(answer, services.Time.GetUtcNow());
        await services.Store.AddAsync(adopted, CancellationToken.None).ConfigureAwait(false);
        return adopted.Job;
    }

    /// <summary>Refuses what no host calls a job: asked for, it would be another address.</summary>
    public static void RequireUsable(string providerJobId, string provider)
    {
        if (!ProviderJobIds.IsUsable(providerJobId))
        {
            throw new SeedanceException(
                ErrorCode.InvalidRequest,
                providerJobId.Length == 0
                    ? "The provider's job id is empty."
                    : "'" + VisibleText.Of(providerJobId) + "' cannot be the id of a job at " + provider + ".")
            {
                Provider = provider,
                Target = providerJobId,
                RecommendedAction = "Copy the id alone from the provider's dashboard, without blanks or brackets.",
            };
        }
    }

    private StoredJob NewRecord(Account account, string providerJobId, string? wireModel)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        SeedanceModel[] rows =
            [.. account.Catalogue.RowsOf(account.Adapter).Select(row => row.Model)
            .Where(model => string.Equals(model.WireModel, wireModel, StringComparison.OrdinalIgnoreCase))];
        return new StoredJob(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = account.Provider,
            Profile = account.Profile,
            Endpoint = account.BaseUri,
            Model = rows.Length > 0 ? rows[0].Name : wireModel ?? string.Empty,
            WireModel = wireModel ?? string.Empty,
            StartsFrom = rows.Length > 0 ? rows[0].StartsFrom : GenerationMode.TextToVideo,
            ProviderJobId = providerJobId,
            State = JobStatus.Queued,
            CreatedAt = now,
        });
    }

    /// <summary>
    /// The host's times may be older than this record, and are believed; without one nobody knows when the addresses lapse.
    /// </summary>
    private static StoredJob Describe(PollOutcome answer, DateTimeOffset now)
    {
        SeedanceJob made = answer.Stored.Job;
        StoredJob stored = JobMerge.Apply(answer.Stored with { Job = made with { CreatedAt = now - s_longAgo } }, answer.Update!, now);
        bool dated = answer.Update!.CompletedAt is not null;
        return stored with
        {
            Job = stored.Job with
            {
                CreatedAt = made.CreatedAt,
                IsSimulated = answer.Response!.IsSimulated,
                Outputs = dated
                    ? stored.Job.Outputs
                    : [.. stored.Job.Outputs.Select((output, index) => output with { ExpiresAt = answer.Update.Outputs[index].ExpiresAt })],
            },
        };
    }
}

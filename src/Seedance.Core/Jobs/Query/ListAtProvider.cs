using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Jobs.Query;

/// <summary>What an account has at its provider, known here or not. Nothing is recorded: adopting a job is a step of its own.</summary>
internal sealed class ListAtProvider(SeedanceServices services)
{
    private const int MostPages = 50;

    public async Task RunAsync(Account account, int? newest, IOperationOutput output, CancellationToken stop)
    {
        if (account.Adapter is not IListsJobs lists)
        {
            throw new SeedanceException(ErrorCode.NotSupportedByProvider, account.Provider + " does not list jobs.")
            {
                Provider = account.Provider,
                RecommendedAction = "Get-SeedanceJob without -AtProvider lists the jobs of this state folder.",
            };
        }

        int left = newest ?? int.MaxValue;
        ListQuery query = new();
        for (int page = 0; page < MostPages && left > 0; page++)
        {
            WireResponse answer = await services.Client.AskAsync(
                account, lists.BuildList(query), ProviderCall.List, output, stop).ConfigureAwait(false);
            ListQuery asked = query;
            ListReading reading = ProviderErrors.Read(account, answer, ProviderCall.List, response => lists.ReadList(asked, response));
            foreach (ListedJob listed in reading.Jobs.Take(left))
            {
                output.Write(await DescribeAsync(account, listed, answer.IsSimulated, stop).ConfigureAwait(false));
                left--;
            }

            if (reading.NextCursor is not { } next || next == query.Cursor)
            {
                return;
            }

            query = new ListQuery { Cursor = next };
        }
    }

    private async Task<SeedanceJob> DescribeAsync(Account account, ListedJob listed, bool simulated, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        StoredJob? known = await services.Store.FindByProviderJobIdAsync(account.Provider, listed.Id, stop).ConfigureAwait(false);
        StoredJob job = known ?? new StoredJob(new SeedanceJob
        {
            Provider = account.Provider,
            Profile = account.Profile,
            Endpoint = account.BaseUri,
            ProviderJobId = listed.Id,
            Model = account.Adapter.Models.Select(row => row.Model).FirstOrDefault(model => model.WireModel == listed.WireModel)?.Name
                ?? listed.WireModel ?? string.Empty,
            WireModel = listed.WireModel ?? string.Empty,
            Prompt = listed.Prompt ?? string.Empty,
            CreatedAt = listed.CreatedAt ?? default,
            IsSimulated = simulated,
        });
        return JobMerge.Apply(job, listed.Update, now).Job;
    }
}

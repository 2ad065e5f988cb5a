using Seedance.Accounts;
using Seedance.Http;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Operations;

/// <summary>What a provider says of a job that no record has yet. Nothing is recorded.</summary>
internal static class AskForJob
{
    private const int LongestChain = 4;

    /// <summary>Throws when the provider does not know the job, or does not answer.</summary>
    public static async Task<(JobUpdate Update, IReadOnlyDictionary<string, string>? Notes, bool IsSimulated)> RunAsync(
        SeedanceServices services, Account account, ProviderJob job, IOperationOutput output, CancellationToken stop)
    {
        const string Doing = "asking for the job";
        WireRequest request = account.Adapter.BuildPoll(job);
        IReadOnlyDictionary<string, string>? notes = null;
        for (int step = 0; step < LongestChain; step++)
        {
            WireResponse response = await services.Queries.SendAsync(account, request, CallKind.Query, Doing, output, stop).ConfigureAwait(false);
            PollReading reading = account.Adapter.ReadPoll(job, response);
            notes = reading.Notes ?? notes;
            if (reading.Fault is { } fault)
            {
                throw ProviderErrors.From(account, fault, response, Doing);
            }

            if (reading.Update is { } update)
            {
                return (update, notes, response.IsSimulated);
            }

            request = reading.FollowUp ?? request;
        }

        throw new SeedanceException(ErrorCode.ProtocolError, account.Provider + " keeps naming another address to ask.") { Provider = account.Provider };
    }
}

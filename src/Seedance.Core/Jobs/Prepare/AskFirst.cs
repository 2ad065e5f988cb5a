using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Transport;

namespace Seedance.Jobs.Prepare;

/// <summary>Asks the host what its message must look like, where only the host knows.</summary>
internal static class AskFirst
{
    public static async Task<VideoRequest> RunAsync(
        SeedanceServices services, Account account, SeedanceModel model, VideoRequest request, IOperationOutput output,
        CancellationToken stop)
    {
        if (account.Adapter is not IAsksBeforeSubmit asks || asks.BuildQuestion(request, model) is not { } question)
        {
            return request;
        }

        return await services.Client.AskAsync(
            account, question, ProviderCall.Question, response => asks.ReadAnswer(request, model, response), output, stop)
                .ConfigureAwait(false);
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using Seedance.Accounts;
using Seedance.Http;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Operations;

/// <summary>Calls that cost nothing: three more tries with back-off and jitter, Retry-After first, then one clear error.</summary>
internal static class QueryRetries
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(60);

    public static async Task<WireResponse> SendAsync(
        HttpPipeline http, Account account, WireRequest request, CallKind kind, string doing, TimeProvider time, IOperationOutput output, CancellationToken stop)
    {
        WireResponse response = await TryAsync(http, account, request, kind, doing, time, output, stop).ConfigureAwait(false);
        return response.IsSuccess ? response : throw ProviderErrors.From(account, account.Adapter.ReadFault(response), response, doing);
    }

    /// <summary>Asks about a model, so that "not found" means the model.</summary>
    public static async Task<WireResponse> SendAboutModelAsync(
        HttpPipeline http, Account account, WireRequest request, string doing, TimeProvider time, IOperationOutput output, CancellationToken stop)
    {
        WireResponse response = await TryAsync(http, account, request, CallKind.Query, doing, time, output, stop).ConfigureAwait(false);
        return response.IsSuccess ? response : throw ProviderErrors.OfModel(account, account.Adapter.ReadFault(response), response, doing);
    }

    private static async Task<WireResponse> TryAsync(
        HttpPipeline http, Account account, WireRequest request, CallKind kind, string doing, TimeProvider time, IOperationOutput output, CancellationToken stop)
    {
        ResiliencePipeline<WireResponse> retries = new ResiliencePipelineBuilder<WireResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<WireResponse>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => new(args.Outcome.Exception is TransportException || (args.Outcome.Result is { } answer && MayPass(account, answer))),
                DelayGenerator = args => new(args.Outcome.Result?.RetryAfter is { } wait ? (wait < s_longestPause ? wait : s_longestPause) : null),
            })
            .Build();
        try
        {
            return await retries.ExecuteAsync(
                async token => await http.SendAsync(account, request, kind, output, token).ConfigureAwait(false), stop).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            throw ProviderErrors.From(account, failure, doing);
        }
    }

    private static bool MayPass(Account account, WireResponse answer) => answer.Status is 408 or >= 500
        || (answer.Status == 429 && account.Adapter.ReadFault(answer).Code != ErrorCode.InsufficientCredits); // A spent account stays spent.
}

using Polly;
using Polly.Retry;
using Seedance.Accounts;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>
/// Calls that cost nothing: three more tries with back-off and jitter, Retry-After first, then one clear error. They keep to the pace that the host's
/// polls and submits have learnt, and what a host says to one of them holds for all.
/// </summary>
internal sealed class QueryRetries(HttpPipeline http, SubmitTurns turns, TimeProvider time)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_usualPause = TimeSpan.FromSeconds(5);

    public async Task<WireResponse> SendAsync(Account account, WireRequest request, CallKind kind, ProviderCall call, IOperationOutput output, CancellationToken stop)
    {
        WireResponse response = await RetryAsync(account, request, kind, call, output, stop).ConfigureAwait(false);
        return response.IsSuccess ? response : throw ProviderErrors.From(account, response.Read(account.Adapter.ReadFault), response, call);
    }

    private async Task<WireResponse> RetryAsync(Account account, WireRequest request, CallKind kind, ProviderCall call, IOperationOutput output, CancellationToken stop)
    {
        ResiliencePipeline<WireResponse> retries = new ResiliencePipelineBuilder<WireResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<WireResponse>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => new(args.Outcome.Exception is TransportException
                    || args.Outcome.Result is { Status: 408 or >= 500 } || IsThrottled(account, args.Outcome.Result)),
                DelayGenerator = args => new(args.Outcome.Result?.RetryAfter is { } wait ? (wait < s_longestPause ? wait : s_longestPause) : null),
            })
            .Build();
        try
        {
            return await retries.ExecuteAsync(async token => await TryAsync(account, request, kind, call, output, token).ConfigureAwait(false), stop).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            throw ProviderErrors.From(account, failure, call);
        }
    }

    private async Task<WireResponse> TryAsync(Account account, WireRequest request, CallKind kind, ProviderCall call, IOperationOutput output, CancellationToken stop)
    {
        TimeSpan sentAt = await turns.WaitAsync(
            account,
            s_longestPause,
            wait => output.Progress(new OperationProgress(account.Provider, call.Words + ": waiting until " + account.Provider + " takes more requests", null, (int)wait.TotalSeconds)),
            stop).ConfigureAwait(false);
        WireResponse response = await http.SendAsync(account, request, kind, output, stop).ConfigureAwait(false);
        if (response.IsSuccess)
        {
            turns.Told(account, sentAt, pause: null);
        }
        else if (IsThrottled(account, response))
        {
            turns.Told(account, sentAt, response.RetryAfter ?? s_usualPause);
        }

        return response;
    }

    /// <summary>A 429 that a pause helps: an account that is spent stays spent.</summary>
    private static bool IsThrottled(Account account, WireResponse? answer) =>
        answer is { Status: 429 } && answer.Read(account.Adapter.ReadFault).Code != ErrorCode.InsufficientCredits;
}

using System.Collections.Concurrent;
using Polly;
using Polly.Retry;
using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>
/// The one way to a provider. Every call waits for its turn, is signed and sent, read, reported to the limiter of its host, and repeated
/// where its kind and its reader allow that. What an answer means is the reader's to say.
/// </summary>
internal sealed class ProviderClient(HttpPipeline http, RequestLimiters limiters, TimeProvider time)
{
    private static readonly TimeSpan s_longestTurn = TimeSpan.FromSeconds(60);
    private static readonly ResiliencePropertyKey<ProviderRequest> s_request = new("request");
    private readonly Random _random = new();
    private readonly ConcurrentDictionary<Type, object> _retries = new();
    private readonly ExchangeObservers _observers = new();

    /// <summary>Shows it every exchange until what is returned is disposed of.</summary>
    public IDisposable Observe(IExchangeObserver observer) => _observers.Add(observer);

    /// <summary>Asks what may be asked again. The answer is a 2xx; the last try's refusal is thrown.</summary>
    public async Task<WireResponse> AskAsync(
        Account account, WireRequest message, ProviderCall call, IOperationOutput output, CancellationToken stop)
    {
        CallTry<WireResponse?> last = await SendAsync(
            new ProviderRequest(account, message, call, output), exchange => QueryReader.Read(account, call, exchange), stop)
                .ConfigureAwait(false);
        return last.Refusal is { } refusal ? throw refusal : last.Result!;
    }

    /// <summary>The same, and reads the answer.</summary>
    public async Task<T> AskAsync<T>(
        Account account, WireRequest message, ProviderCall call, Func<WireResponse, T> read, IOperationOutput output,
        CancellationToken stop) =>
        ProviderErrors.Read(account, await AskAsync(account, message, call, output, stop).ConfigureAwait(false), call, read);

    /// <summary>
    /// Waits for a turn at the account's host; not for long where the caller names no bound. Throws where the host has asked to be left
    /// alone for longer: a thousand rows that each want its own refusal would be a thousand requests in the pause that it asked for.
    /// </summary>
    public async Task<Permit> AcquireAsync(ProviderRequest request, TimeSpan? most, CancellationToken stop)
    {
        RequestLimiter limiter = limiters.Of(request.Account);
        return await limiter.AcquireAsync(most ?? s_longestTurn, wait => request.Output.Progress(request.Waiting(wait)), stop)
            .ConfigureAwait(false)
            ?? throw ProviderErrors.LeftAlone(request.Account, limiter.HeldFor, request.Call);
    }

    /// <summary>
    /// The last try of the call, as its reader made it. <paramref name="read"/> makes out what each try came to; what it throws ends the
    /// call. <paramref name="stop"/> holds a submit back only until its body leaves.
    /// </summary>
    public async Task<CallTry<T>> SendAsync<T>(ProviderRequest request, Func<Exchange, CallTry<T>> read, CancellationToken stop)
    {
        RetryCount tries = new(request, RetryPolicy.Of(request.Call.Kind), time);
        ResilienceContext context = ResilienceContextPool.Shared.Get(stop);
        context.Properties.Set(s_request, request);
        try
        {
            return await Retries<T>().ExecuteAsync(async _ => await TryAsync(request, read, tries, stop).ConfigureAwait(false), context)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>One for each kind of result: to build one validates its options by reflection, a twentieth of a call.</summary>
    private ResiliencePipeline<CallTry<T>> Retries<T>() => (ResiliencePipeline<CallTry<T>>)_retries.GetOrAdd(
        typeof(T),
        _ => new ResiliencePipelineBuilder<CallTry<T>> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<CallTry<T>>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new(args.Outcome.Result?.RetryIn is not null),
                DelayGenerator = args => new(args.Outcome.Result!.RetryIn),
                OnRetry = args => new(
                    BeforePauseAsync(args.Context.Properties.GetValue(s_request, null!), args.Outcome.Result!.Refusal, args.RetryDelay)),
            })
            .Build());

    private async Task<CallTry<T>> TryAsync<T>(
        ProviderRequest request, Func<Exchange, CallTry<T>> read, RetryCount tries, CancellationToken stop)
    {
        Permit permit = request.Permit ?? await AcquireAsync(request, tries.Left, stop).ConfigureAwait(false);
        DateTimeOffset at = time.GetUtcNow();
        long begun = time.GetTimestamp();
        Exchange exchange = await ExchangeAsync(request, stop).ConfigureAwait(false);
        TimeSpan took = time.GetElapsedTime(begun);
        CallTry<T> one = read(exchange);
        permit.Report(one.Host);
        one = one with { RetryIn = tries.Next(one.Again, one.Refusal?.RetryAfter, Chance()) };
        _observers.Tell(request, record => record with
        {
            At = at, Took = took, Try = tries.Made, Response = exchange.Response, Failure = exchange.Failure?.Message,
            Refusal = one.Refusal, RetryIn = one.RetryIn,
        });
        return one;
    }

    private async Task<Exchange> ExchangeAsync(ProviderRequest request, CancellationToken stop)
    {
        try
        {
            return new Exchange(
                await http.SendAsync(request.Account, request.Message, request.Call.Kind, request.Output, request.Leaving, stop)
                    .ConfigureAwait(false), Failure: null);
        }
        catch (TransportException failure)
        {
            return new Exchange(Response: null, failure);
        }
    }

    private static async Task BeforePauseAsync(ProviderRequest request, SeedanceException? refusal, TimeSpan pause)
    {
        if (request.Returned is { } returned)
        {
            await returned().ConfigureAwait(false); // The pause may take minutes, and the process may end meanwhile.
        }

        request.Output.Verbose(
            string.Format(CultureInfo.InvariantCulture, "{0} Trying again in {1:0.#} s.", refusal?.Message, pause.TotalSeconds));
        request.Output.Progress(request.Waiting(pause));
    }

    private double Chance()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}

using Polly;
using Polly.Retry;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Jobs.Submit;

/// <summary>One try of a submit and what became of it.</summary>
internal sealed record SubmitAttempt(SubmitOutcome Outcome, SubmitReading? Reading, WireResponse? Response, SeedanceException? Error);

/// <summary>
/// Sends a submit and repeats it only where the table says that the provider surely did not take it. "Not sent" gets three tries; a 429 as many as
/// fit into the slot timeout, since it costs nothing. Submits keep to the pace that the host's polls have learnt, and the other way round.
/// </summary>
internal sealed class SubmitSender(HttpPipeline http, SubmitTurns turns, TimeProvider time)
{
    private const int Tries = 3;
    private static readonly TimeSpan s_pollsPause = TimeSpan.FromSeconds(5);

    /// <param name="account">Whose host.</param>
    /// <param name="request">The submit.</param>
    /// <param name="intent">Told before a body leaves, and again when it is sure that nobody took it.</param>
    /// <param name="options">How long it may wait.</param>
    /// <param name="output">For progress.</param>
    /// <param name="stop">Holds it back only until its body leaves.</param>
    public async Task<SubmitAttempt> SendAsync(
        Account account, WireRequest request, SubmitIntent intent, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        int notSent = 0;
        ResiliencePipeline<SubmitAttempt> retries = new ResiliencePipelineBuilder<SubmitAttempt> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<SubmitAttempt>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new(args.Outcome.Result?.Outcome switch
                {
                    SubmitOutcome.NotSent => ++notSent < Tries
                        && (args.Outcome.Result.Error!.RetryAfter is not { } asked || time.GetElapsedTime(begun) + asked <= options.SlotTimeout),
                    SubmitOutcome.Throttled => time.GetElapsedTime(begun) + Pause(account, args.Outcome.Result, args.AttemptNumber) <= options.SlotTimeout,
                    _ => false,
                }),
                DelayGenerator = args => new(args.Outcome.Result!.Outcome == SubmitOutcome.Throttled
                    ? Pause(account, args.Outcome.Result, args.AttemptNumber)
                    : Longer(args.Outcome.Result.Error!.RetryAfter, TimeSpan.FromSeconds(Math.Pow(2, notSent - 1)))),
                OnRetry = async args =>
                {
                    await intent.MarkNotSentAsync().ConfigureAwait(false); // It may wait for minutes now, and the process may end meanwhile.
                    output.Verbose(string.Format(
                        CultureInfo.InvariantCulture, "{0} Trying again in {1:0.#} s.", args.Outcome.Result!.Error!.Message, args.RetryDelay.TotalSeconds));
                    ShowWait(account, args.RetryDelay, output);
                },
            })
            .Build();
        return await retries.ExecuteAsync(
            async _ =>
            {
                TimeSpan sentAt = await turns.WaitAsync(
                    account, options.SlotTimeout - time.GetElapsedTime(begun), wait => ShowWait(account, wait, output), stop).ConfigureAwait(false);
                SubmitAttempt attempt = await TryAsync(account, request, intent, output, stop).ConfigureAwait(false);
                Tell(account, sentAt, attempt);
                return attempt;
            },
            stop).ConfigureAwait(false);
    }

    private static void ShowWait(Account account, TimeSpan wait, IOperationOutput output) => output.Progress(
        new OperationProgress("Submitting to " + account.Provider, "Waiting for " + account.Provider + " to take more", null, (int)wait.TotalSeconds));

    private void Tell(Account account, TimeSpan sentAt, SubmitAttempt attempt)
    {
        if (attempt.Outcome == SubmitOutcome.Accepted)
        {
            turns.Told(account, sentAt, pause: null);
        }
        else if (attempt.Outcome == SubmitOutcome.Throttled && !account.Adapter.Provider.TooManyRequestsMeansNoSlot)
        {
            turns.Told(account, sentAt, attempt.Error!.RetryAfter ?? s_pollsPause); // Where it means "no slot", polls need not slow down.
        }
        else if (attempt is { Response.Status: >= 500, Error.RetryAfter: { } asked })
        {
            turns.Told(account, sentAt, asked);
        }
    }

    /// <summary>What the host asks for, and never less than the back-off, which ends at the host's own pause.</summary>
    private static TimeSpan Pause(Account account, SubmitAttempt attempt, int attemptsBefore)
    {
        TimeSpan own = account.Adapter.Provider.TooManyRequestsPause;
        TimeSpan backOff = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attemptsBefore, 10)));
        return Longer(attempt.Error?.RetryAfter ?? own, backOff < own ? backOff : own);
    }

    private static TimeSpan Longer(TimeSpan? asked, TimeSpan least) => asked > least ? asked.Value : least;

    private async Task<SubmitAttempt> TryAsync(Account account, WireRequest request, SubmitIntent intent, IOperationOutput output, CancellationToken stop)
    {
        WireResponse response;
        try
        {
            response = await http.SubmitAsync(account, request, intent.MarkSentAsync, output, stop).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            return new SubmitAttempt(SubmitClassifier.OfFailure(failure), null, null, ProviderErrors.From(account, failure, ProviderCall.Submit));
        }

        SubmitReading? reading = Read(account, response);
        if (reading?.ProviderJobId is { } id && !ProviderJobIds.IsUsable(id))
        {
            // Whatever the status says, it may be the name of a job; under such a one the job could never be found again.
            WireFault unusable = new(ErrorCode.ProtocolError) { Message = "what it names the job by can be no id" };
            return new SubmitAttempt(SubmitOutcome.Ambiguous, null, response, ProviderErrors.From(account, unusable, response, ProviderCall.Submit));
        }

        WireFault fault = response.IsSuccess ? reading?.Fault ?? new WireFault(ErrorCode.ProtocolError) : response.Read(account.Adapter.ReadFault);
        bool isOwn = account.Adapter.Provider.IsOwnRefusal(response.BodyOrMissing);
        SubmitOutcome outcome = SubmitClassifier.OfAnswer(response.Status, reading, fault.Code, isOwn, account.RepeatsServerErrors);
        if (outcome == SubmitOutcome.Accepted)
        {
            return new SubmitAttempt(outcome, reading, response, null);
        }

        // What is nobody's refusal must not read like one.
        fault = outcome == SubmitOutcome.Ambiguous && response.Status is >= 400 and < 500 && !isOwn ? fault with { Code = ErrorCode.ProtocolError } : fault;
        return new SubmitAttempt(outcome, reading, response, ProviderErrors.From(account, fault, response, ProviderCall.Submit));
    }

    /// <summary>An error status may still carry the id of a job that exists, so every body is read; one that cannot be is no reading.</summary>
    private static SubmitReading? Read(Account account, WireResponse response)
    {
        try
        {
            return account.Adapter.ReadSubmit(response);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null; // Whatever the reader made of it, the answer proves nothing; the money may be spent.
        }
    }
}

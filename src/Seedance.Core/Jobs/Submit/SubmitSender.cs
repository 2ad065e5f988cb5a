using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.RateLimits;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Jobs.Submit;

/// <summary>One try of a submit and what became of it.</summary>
internal sealed record SubmitAttempt(SubmitOutcome Outcome, SubmitReading? Reading, WireResponse? Response, SeedanceException? Error);

/// <summary>
/// Sends a submit, which is repeated only where the table says that the provider surely did not take it. "Not sent" gets three tries; a 429
/// as many as fit into the slot timeout, since it costs nothing.
/// </summary>
internal sealed class SubmitSender(ProviderClient client)
{
    /// <summary>
    /// <paramref name="intent"/> is told before a body leaves, and again when it is sure that nobody took it. <paramref name="stop"/> holds
    /// the submit back only until its body leaves.
    /// </summary>
    public async Task<SubmitAttempt> SendAsync(
        Account account, WireRequest message, SeedanceJob job, SubmitIntent intent, SubmitOptions options, IOperationOutput output,
        CancellationToken stop)
    {
        ProviderRequest request = new(account, message, ProviderCall.Submit.About(job), output)
        {
            Patience = options.SlotTimeout,
            Leaving = intent.MarkSentAsync,
            Returned = intent.MarkNotSentAsync,
        };
        CallTry<SubmitAttempt> last = await client.SendAsync(request, exchange => Tried(account, Classify(account, exchange)), stop)
            .ConfigureAwait(false);
        return last.Result;
    }

    private static CallTry<SubmitAttempt> Tried(Account account, SubmitAttempt attempt) => new(attempt)
    {
        Refusal = attempt.Error,
        Again = attempt.Outcome switch
        {
            SubmitOutcome.NotSent => RetryReason.Failed,
            SubmitOutcome.Throttled => RetryReason.Throttled,
            _ => RetryReason.None,
        },
        Host = attempt switch
        {
            { Outcome: SubmitOutcome.Accepted } => HostReport.Fine,
            { Outcome: SubmitOutcome.Throttled } when !account.Adapter.Provider.TooManyRequestsMeansNoSlot =>
                HostReport.Throttling(attempt.Error!.RetryAfter),
            { Outcome: SubmitOutcome.Throttled } => HostReport.None, // Where it means "no slot", polls need not slow down.
            { Response.Status: >= 500, Error.RetryAfter: { } asked } => HostReport.Throttling(asked),
            _ => HostReport.None,
        },
    };

    private static SubmitAttempt Classify(Account account, Exchange exchange)
    {
        if (exchange.Response is not { } response)
        {
            TransportException failure = exchange.Failure!;
            return new SubmitAttempt(
                SubmitClassifier.OfFailure(failure), null, null, ProviderErrors.From(account, failure, ProviderCall.Submit));
        }

        SubmitReading? reading = Read(account, response);
        if (reading?.ProviderJobId is { } id && !ProviderJobIds.IsUsable(id))
        {
            // Whatever the status says, it may be the name of a job; under such a one the job could never be found again.
            WireError unusable = new(ErrorCode.ProtocolError) { Message = "what it names the job by can be no id" };
            return new SubmitAttempt(
                SubmitOutcome.Ambiguous, null, response, ProviderErrors.From(account, unusable, response, ProviderCall.Submit));
        }

        WireError error = response.IsSuccess
            ? reading?.Error ?? new WireError(ErrorCode.ProtocolError) : response.Read(account.Adapter.ReadError);
        bool isOwn = account.Adapter.Provider.IsOwnRefusal(response.BodyOrMissing);
        SubmitOutcome outcome = SubmitClassifier.OfAnswer(response.Status, reading, error.Code, isOwn, account.RepeatsServerErrors);
        if (outcome == SubmitOutcome.Accepted)
        {
            return new SubmitAttempt(outcome, reading, response, null);
        }

        // What is nobody's refusal must not read like one.
        error = outcome == SubmitOutcome.Ambiguous && response.Status is >= 400 and < 500 && !isOwn
            ? error with { Code = ErrorCode.ProtocolError }
            : error;
        return new SubmitAttempt(outcome, reading, response, ProviderErrors.From(account, error, response, ProviderCall.Submit));
    }

    /// <summary>
    /// An error status may still carry the id of a job that exists, so every body is read; one that cannot be is no reading.
    /// </summary>
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

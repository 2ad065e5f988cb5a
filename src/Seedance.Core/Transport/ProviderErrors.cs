using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>A provider's refusal as an error that says what happened and what to do.</summary>
internal static class ProviderErrors
{
    public static SeedanceException From(Account account, WireFault fault, WireResponse response, string doing) => From(
        account, fault, response, doing, "What it says above tells which part; check the id or the file, and that the account and the base address (" + account.BaseUri.Host + ") are the right ones.");

    private static SeedanceException From(Account account, WireFault fault, WireResponse response, string doing, string otherwise)
    {
        string said = fault.Message is { Length: > 0 } message ? ": " + Shorten(message) : ".";
        string text = string.Format(CultureInfo.InvariantCulture, "{0} {1} while {2} (HTTP {3}){4}", account.Provider, What(fault.Code), doing, response.Status, said);
        return new SeedanceException(fault.Code, text)
        {
            Provider = account.Provider,
            HttpStatus = response.Status,
            ProviderCode = fault.ProviderCode is { } code ? Shorten(code) : null,
            RequestId = response.RequestId,
            ResponseExcerpt = response.Excerpt(),
            RetryAfter = fault.RetryAfter ?? response.RetryAfter,
            RecommendedAction = Action(fault.Code, account, otherwise),
        };
    }

    /// <summary>A refusal that comes before there is a job: what the host does not know can only be the model.</summary>
    public static SeedanceException OfModel(Account account, WireFault fault, WireResponse response, string doing) => From(
        account,
        fault.Code == ErrorCode.JobNotFound || (fault.Code == ErrorCode.InvalidRequest && FaultWords.IsModel(fault.Message)) ? fault with { Code = ErrorCode.ModelNotFound } : fault,
        response,
        doing,
        "Change the request; Get-SeedanceModel tells what the model takes.");

    public static SeedanceException From(Account account, TransportException failure, string doing) =>
        new(ErrorCode.ProviderUnavailable, Lost(account, failure, doing), failure)
        {
            Provider = account.Provider,
            RecommendedAction = "Check the network, the proxy and the base address (" + account.BaseUri.Host + "), then run the command again.",
        };

    private static string Lost(Account account, TransportException failure, string doing) => string.Format(
        CultureInfo.InvariantCulture,
        failure.MayHaveArrived ? "The connection to {0} broke while {1}, after the request may have arrived: {2}." : "{0} could not be reached while {1}: {2}.",
        account.Provider, doing, failure.Message.TrimEnd('.'));

    private static string What(ErrorCode code) => code switch
    {
        ErrorCode.AuthenticationFailed => "refused the key",
        ErrorCode.AccessDenied => "does not allow this to the key",
        ErrorCode.InsufficientCredits => "says that the balance is too low",
        ErrorCode.ContentRejected => "rejected the content",
        ErrorCode.RateLimited => "asks for fewer requests",
        ErrorCode.SlotTimeout => "had no free slot",
        ErrorCode.JobNotFound => "does not know what was asked for",
        ErrorCode.ModelNotFound => "does not have this model, or not for this account,",
        ErrorCode.ProviderUnavailable => "failed on its side",
        ErrorCode.ProtocolError => "answered in a way that cannot be understood",
        _ => "refused the request",
    };

    private static string Action(ErrorCode code, Account account, string otherwise) => code switch
    {
        ErrorCode.AuthenticationFailed => "Check the key" + (account.Adapter.Provider.KeyVariable is { } variable ? " in " + variable : string.Empty) + " or in the profile; nothing was spent.",
        ErrorCode.AccessDenied => "Check what the key's plan includes; nothing was spent.",
        ErrorCode.InsufficientCredits => "Top up the account; Get-SeedanceCredits shows the balance. Nothing was spent.",
        ErrorCode.ContentRejected => "Change the prompt or the references.",
        ErrorCode.RateLimited or ErrorCode.SlotTimeout => "Wait for running jobs to end, or lower the profile's -Concurrency.",
        ErrorCode.ProviderUnavailable => "Try again later.",
        ErrorCode.JobNotFound => "Check the endpoint or id; providers forget old jobs.",
        ErrorCode.ModelNotFound => "Check -Model (Get-SeedanceModel -Provider " + account.Provider + " lists what is known), whether the account may use the model, and the base address ("
            + account.BaseUri.Host + "). Nothing was spent.",
        ErrorCode.ProtocolError => "Check the base address; if it is right, report the excerpt to the provider.",
        _ => otherwise,
    };

    private static string Shorten(string text) => text.Length <= 500 ? text : text.Substring(0, 500) + "...";
}

using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>
/// A provider's refusal as an error that says what happened; what to do about it depends on what was asked and is
/// <see cref="ProviderAdvice"/>.
/// </summary>
internal static class ProviderErrors
{
    public static SeedanceException From(Account account, WireError error, WireResponse response, ProviderCall call)
    {
        if (response.Status == ProxySignIn.Status)
        {
            return OfProxy(account, response, call);
        }

        ErrorCode code = Meaning(error, call);
        string text = string.Format(CultureInfo.InvariantCulture, "{0} {1} while {2} (HTTP {3}){4}", account.Provider, What(code, call),
            call.Words, response.Status, Said(account, error, response));
        return new SeedanceException(code, text)
        {
            Provider = account.Provider,
            HttpStatus = response.Status,
            ProviderCode = error.ProviderCode is { } theirs ? Shorten(theirs) : null,
            RequestId = response.RequestId,
            ResponseExcerpt = response.Excerpt(),
            RetryAfter = error.RetryAfter ?? response.RetryAfter,
            RecommendedAction = ProviderAdvice.For(code, account, call, response.Status),
        };
    }

    private static SeedanceException OfProxy(Account account, WireResponse response, ProviderCall call) => new(
        ErrorCode.ProviderUnavailable,
        string.Format(CultureInfo.InvariantCulture, "{0} was not reached while {1}: {2}.", account.Provider, call.Words,
            ProxySignIn.Describe(account.Network)))
    {
        Provider = account.Provider,
        HttpStatus = response.Status,
        ResponseExcerpt = response.Excerpt(),
        RecommendedAction =
            "Sign in to the proxy, or set another way out with Set-SeedanceProfile -Proxy or -NoProxy, and run the command again.",
    };

    /// <summary>The host named a pause, to this process or to another, that is longer than the call may take.</summary>
    public static SeedanceException LeftAlone(Account account, TimeSpan left, ProviderCall call) => new(
        ErrorCode.RateLimited,
        string.Format(CultureInfo.InvariantCulture,
            "{0} has asked for no more requests for now, so {1} was put off and nothing was sent. Its pause ends in {2:0} s.",
        account.Provider, call.Words, left.TotalSeconds))
    {
        Provider = account.Provider,
        RetryAfter = left,
        RecommendedAction = "Run the command again when the pause is over.",
    };

    public static SeedanceException From(Account account, TransportException failure, ProviderCall call) =>
        new(ErrorCode.ProviderUnavailable, Lost(account, failure, call), failure)
        {
            Provider = account.Provider,
            RecommendedAction = "Check the network, the proxy and the base address (" + account.BaseUri.Host
                + "), then run the command again.",
        };

    /// <summary>Reads a 2xx. Where the reader finds nothing to read, only here is it known who answered and to what.</summary>
    public static T Read<T>(Account account, WireResponse response, ProviderCall call, Func<WireResponse, T> read)
    {
        try
        {
            return response.Read(read);
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.ProtocolError)
        {
            throw Unreadable(account, response, call, error);
        }
    }

    public static SeedanceException Unreadable(Account account, WireResponse response, ProviderCall call, SeedanceException error) =>
        error.Provider is not null ? error
        : From(account, new WireError(ErrorCode.ProtocolError), response, call);

    /// <summary>The code as the call has it: there is no job before a submit, and none in a balance.</summary>
    private static ErrorCode Meaning(WireError error, ProviderCall call) => error.Code switch
    {
        ErrorCode.JobNotFound when call.MeansModel => ErrorCode.ModelNotFound,
        ErrorCode.InvalidRequest when call.MeansModel && ErrorWords.IsModel(error.Message) => ErrorCode.ModelNotFound,
        ErrorCode.JobNotFound when !call.IsAboutJob => ErrorCode.ProtocolError,
        ErrorCode.ContentRejected when call.Verb is ProviderVerb.Balance or ProviderVerb.List => ErrorCode.InvalidRequest,
        ErrorCode code => code,
    };

    private static string Said(Account account, WireError error, WireResponse response) =>
        (error.Message ?? ErrorText.Plain(response)) is { Length: > 0 } text ? ": " + Shorten(text) : ".";

    private static string Lost(Account account, TransportException failure, ProviderCall call) => string.Format(
        CultureInfo.InvariantCulture,
        failure.MayHaveArrived && call.Verb is ProviderVerb.Submit or ProviderVerb.Upload or ProviderVerb.Cancel
            ? "The connection to {0} broke while {1}, after the request may have arrived: {2}."
            : "{0} could not be reached while {1}: {2}.",
        account.Provider, call.Words, failure.Message.TrimEnd('.'));

    private static string What(ErrorCode code, ProviderCall call) => code switch
    {
        ErrorCode.AuthenticationFailed => "refused the key",
        ErrorCode.AccessDenied => "does not allow this to the key",
        ErrorCode.InsufficientCredits => "says that the balance is too low",
        ErrorCode.ContentRejected => "rejected the content",
        ErrorCode.RateLimited => "asks for fewer requests",
        ErrorCode.SlotTimeout => "had no free slot",
        ErrorCode.JobNotFound => "does not know the job",
        ErrorCode.ModelNotFound => "does not have this model, or not for this account,",
        ErrorCode.ProviderUnavailable => "failed on its side",
        ErrorCode.ProtocolError =>
            call.Verb is ProviderVerb.Balance or ProviderVerb.List or ProviderVerb.Upload
            ? "gave no answer that can be used"
            : "answered in a way that cannot be understood",
        _ => "refused the request",
    };

    private static string Shorten(string text) => text.Length <= 500 ? text : text.Substring(0, 500) + "...";
}

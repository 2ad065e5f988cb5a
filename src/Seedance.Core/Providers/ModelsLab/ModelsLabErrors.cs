using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// Refusals, which come with any status, 200 among them: <c>{status: "error", message, retry_after}</c> (docs.modelslab.com, read 2026-09).
/// </summary>
internal static class ModelsLabErrors
{
    private static readonly string[] s_rate = ["rate limit", "too many", "queue is full", "queue full", "maximum queue", "limit exceeded"];
    private static readonly string[] s_key = ["api key", "invalid key", "key is invalid", "unauthorized", "unauthenticated"];
    private static readonly string[] s_credits = ["credit", "balance", "out of funds", "payment"];
    private static readonly string[] s_absent = ["not found", "no request", "invalid request id", "invalid id", "does not exist"];
    private static readonly string[] s_server = [
        "try again", "server error", "went wrong", "timeout", "timed out", "temporarily", "unavailable", "internal"];

    public static WireError OfStatus(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        WireError error = HttpErrors.Read(response);
        ErrorCode code = error.Code == ErrorCode.InvalidRequest ? ErrorWords.Judge(Text(body), ErrorCode.InvalidRequest) : error.Code;
        return error with { Code = code, Message = error.Code == ErrorCode.ProtocolError ? error.Message : Text(body),
            RetryAfter = response.RetryAfter ?? RetryAfter(body) };
    }

    /// <summary>A refusal inside a 2xx, by its words alone. <paramref name="otherwise"/> where no word tells.</summary>
    public static WireError OfBody(WireResponse response, ErrorCode otherwise)
    {
        WireNode body = response.BodyOrMissing;
        string? text = Text(body);
        ErrorCode code = ErrorWords.IsSpent(text) ? ErrorCode.InsufficientCredits
            : body["retry_after"].Number is not null || Any(s_rate, text) ? ErrorCode.RateLimited
            : Any(s_key, text) ? ErrorCode.AuthenticationFailed
            : ErrorWords.IsPolicy(text) ? ErrorCode.ContentRejected
            : Any(s_credits, text) ? ErrorCode.InsufficientCredits
            : Any(s_absent, text) ? ErrorCode.JobNotFound
            : Any(s_server, text) ? ErrorCode.ProviderUnavailable
            : otherwise;
        return new WireError(code) { ProviderCode = ErrorText.ProviderCode(body), Message = text,
            RetryAfter = response.RetryAfter ?? RetryAfter(body) };
    }

    /// <summary>Older answers spell it "messege".</summary>
    public static string? Text(WireNode body) => ErrorText.Of(body["message"]) ?? ErrorText.Of(body["messege"]) ?? ErrorText.Read(body);

    private static TimeSpan? RetryAfter(WireNode body) =>
        body["retry_after"].Number is { } seconds and > 0
            ? RetryAfterHeader.Bounded(TimeSpan.FromSeconds((double)Math.Min(seconds, 3600)))
            : null;

    private static bool Any(string[] words, string? text) =>
        text is not null && words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}

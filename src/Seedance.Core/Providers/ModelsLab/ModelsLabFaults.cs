using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// Refusals, which come with any status, 200 among them: <c>{status: "error", message, retry_after}</c> (docs.modelslab.com, read 2026-09).
/// </summary>
internal static class ModelsLabFaults
{
    private static readonly string[] s_rate = ["rate limit", "too many", "queue is full", "queue full", "maximum queue", "limit exceeded"];
    private static readonly string[] s_key = ["api key", "invalid key", "key is invalid", "unauthorized", "unauthenticated"];
    private static readonly string[] s_credits = ["credit", "balance", "out of funds", "payment"];
    private static readonly string[] s_absent = ["not found", "no request", "invalid request id", "invalid id", "does not exist"];
    private static readonly string[] s_server = [
        "try again", "server error", "went wrong", "timeout", "timed out", "temporarily", "unavailable", "internal"];

    public static WireFault OfStatus(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        WireFault fault = HttpFaults.Read(response);
        ErrorCode code = fault.Code == ErrorCode.InvalidRequest ? FaultWords.Judge(Text(body), ErrorCode.InvalidRequest) : fault.Code;
        return fault with { Code = code, Message = fault.Code == ErrorCode.ProtocolError ? fault.Message : Text(body),
            RetryAfter = response.RetryAfter ?? RetryAfter(body) };
    }

    /// <summary>A refusal inside a 2xx, by its words alone.</summary>
    /// <param name="response">What came.</param>
    /// <param name="otherwise">What it is where no word tells.</param>
    public static WireFault OfBody(WireResponse response, ErrorCode otherwise)
    {
        WireNode body = response.BodyOrMissing;
        string? text = Text(body);
        ErrorCode code = FaultWords.IsSpent(text) ? ErrorCode.InsufficientCredits
            : body["retry_after"].Number is not null || Any(s_rate, text) ? ErrorCode.RateLimited
            : Any(s_key, text) ? ErrorCode.AuthenticationFailed
            : FaultWords.IsPolicy(text) ? ErrorCode.ContentRejected
            : Any(s_credits, text) ? ErrorCode.InsufficientCredits
            : Any(s_absent, text) ? ErrorCode.JobNotFound
            : Any(s_server, text) ? ErrorCode.ProviderUnavailable
            : otherwise;
        return new WireFault(code) { ProviderCode = FaultText.ProviderCode(body), Message = text,
            RetryAfter = response.RetryAfter ?? RetryAfter(body) };
    }

    /// <summary>Older answers spell it "messege".</summary>
    public static string? Text(WireNode body) => FaultText.Of(body["message"]) ?? FaultText.Of(body["messege"]) ?? FaultText.Read(body);

    private static TimeSpan? RetryAfter(WireNode body) =>
        body["retry_after"].Number is { } seconds and > 0
            ? RetryAfterHeader.Bounded(TimeSpan.FromSeconds((double)Math.Min(seconds, 3600)))
            : null;

    private static bool Any(string[] words, string? text) =>
        text is not null && words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}

using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>What a status says at every host; an adapter states only where its own means something else.</summary>
internal static class HttpErrors
{
    /// <summary>The refusal in <paramref name="response"/>. Never throws: a body that is no JSON leaves code and text empty.</summary>
    public static WireError Read(WireResponse response, ErrorCode? code = null)
    {
        WireNode body = response.BodyOrMissing;
        string? providerCode = ErrorText.ProviderCode(body);
        string? text = ErrorText.Read(body);
        // No documented 402, and gateways vary.
        bool spent = response.Status == 429 && (ErrorWords.IsSpent(text) || ErrorWords.IsSpent(providerCode));
        return new WireError(code ?? (spent ? ErrorCode.InsufficientCredits : Code(response.Status)))
        {
            ProviderCode = providerCode,
            Message = Redirect(response) ?? text,
            RetryAfter = response.RetryAfter,
        };
    }

    /// <summary>404 reads as a job that is not there; only whoever sent the request knows that a submit meant the model.</summary>
    public static ErrorCode Code(int status) => status switch
    {
        401 => ErrorCode.AuthenticationFailed,
        402 => ErrorCode.InsufficientCredits,
        403 => ErrorCode.AccessDenied,
        404 or 410 => ErrorCode.JobNotFound,
        429 => ErrorCode.RateLimited,
        408 or 425 or 444 or 460 or 463 or 499 or >= 500 => ErrorCode.ProviderUnavailable, // A balancer's word, most of them.
        >= 400 => ErrorCode.InvalidRequest,
        _ => ErrorCode.ProtocolError, // A redirect, or what no API answers with.
    };

    /// <summary>
    /// Without the query, which may be signed. The pipeline follows no redirect: a POST would turn into a GET, and the key would go along.
    /// </summary>
    private static string? Redirect(WireResponse response)
    {
        if (response.Status is not (301 or 302 or 303 or 307 or 308))
        {
            return null;
        }

        string target = Uri.TryCreate(response.Header("Location"), UriKind.RelativeOrAbsolute, out Uri? location)
            ? location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0]
            : "another address";
        return "it redirects to " + target + ", which is not followed.";
    }
}

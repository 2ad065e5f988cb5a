using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>Errors by the beginning of their code, which is finer than the status (error page of BytePlus, read 2026-08).</summary>
internal static class ArkErrors
{
    private static readonly (string Prefix, ErrorCode Code)[] s_codes =
    [
        ("AuthenticationError", ErrorCode.AuthenticationFailed),
        ("AccountOverdueError", ErrorCode.InsufficientCredits),
        ("AccessDenied", ErrorCode.AccessDenied),
        ("ModelNotOpen", ErrorCode.ModelNotFound),
        ("InvalidEndpointOrModel", ErrorCode.ModelNotFound),
        ("InvalidEndpoint", ErrorCode.ModelNotFound), // InvalidEndpoint.ClosedEndpoint: it was stopped in the console.
        ("MissingParameter", ErrorCode.InvalidRequest),
        ("InvalidParameter", ErrorCode.InvalidRequest),
        ("NotFound", ErrorCode.JobNotFound),
        ("ResourceNotFound", ErrorCode.JobNotFound),
        ("SetLimitExceeded", ErrorCode.InsufficientCredits), // The account's own spending cap: no waiting helps.
        ("RateLimitExceeded", ErrorCode.RateLimited),
        ("QuotaExceeded", ErrorCode.RateLimited), // Too many waiting tasks; a slot frees up.
        ("ServerOverloaded", ErrorCode.RateLimited),
        ("InternalServiceError", ErrorCode.ProviderUnavailable),
    ];

    /// <summary>Reads a refusal; <paramref name="otherwise"/> is what it means when neither its code nor its status tells.</summary>
    public static WireError Read(WireResponse response, ErrorCode? otherwise = null)
    {
        WireNode body = response.BodyOrMissing;
        return HttpErrors.Read(response, Judge(body["error"]["code"].Text) ?? otherwise);
    }

    /// <summary>Null for a code that no document lists.</summary>
    public static ErrorCode? Judge(string? code)
    {
        if (code is null)
        {
            return null;
        }

        // InputImageSensitiveContentDetected.PrivacyInformation, OutputVideoSensitiveContentDetected, InputTextRiskDetection, ...
        if (Contains(code, "SensitiveContentDetected") || Contains(code, "RiskDetection"))
        {
            return ErrorCode.ContentRejected;
        }

        foreach ((string prefix, ErrorCode meaning) in s_codes)
        {
            if (code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        return null;
    }

    private static bool Contains(string code, string part) => code.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}

using Seedance.Providers.Ark;
using Seedance.Wire;

namespace Seedance.Providers.Apiyi;

/// <summary>
/// Errors of ByteDance as they come through, and those of the gateway in front, which speaks in words (the shapes are inferred, 2026-09).
/// </summary>
internal static class ApiyiErrors
{
    public static WireError Read(WireResponse response)
    {
        WireError error = ArkErrors.Read(response);
        if (response.Status == 429 || ArkErrors.Judge(error.ProviderCode) is not null)
        {
            return error;
        }

        // The token's group does not sell this model, at whatever status.
        if (Says(error, "no available channel"))
        {
            return error with { Code = ErrorCode.AccessDenied };
        }

        bool money = Says(error, "quota") || ErrorWords.Judge(error.Message, ErrorCode.InvalidRequest) == ErrorCode.InsufficientCredits;
        return response.Status is not (400 or 402 or 403) ? error
            : money ? error with { Code = ErrorCode.InsufficientCredits }
            : response.Status == 400 ? error with { Code = ErrorWords.Judge(error.Message, ErrorCode.InvalidRequest) }
            : error;
    }

    private static bool Says(WireError error, string words) => Has(error.Message, words) || Has(error.ProviderCode, words);

    private static bool Has(string? text, string words) => text?.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}

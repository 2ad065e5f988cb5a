using Seedance.Providers.Ark;
using Seedance.Wire;

namespace Seedance.Providers.Apiyi;

/// <summary>
/// Errors of ByteDance as they come through, and those of the gateway in front, which speaks in words (the shapes are inferred, 2026-09).
/// </summary>
internal static class ApiyiFaults
{
    public static WireFault Read(WireResponse response)
    {
        WireFault fault = ArkFaults.Read(response);
        if (response.Status == 429 || ArkFaults.Judge(fault.ProviderCode) is not null)
        {
            return fault;
        }

        // The token's group does not sell this model, at whatever status.
        if (Says(fault, "no available channel"))
        {
            return fault with { Code = ErrorCode.AccessDenied };
        }

        bool money = Says(fault, "quota") || FaultWords.Judge(fault.Message, ErrorCode.InvalidRequest) == ErrorCode.InsufficientCredits;
        return response.Status is not (400 or 402 or 403) ? fault
            : money ? fault with { Code = ErrorCode.InsufficientCredits }
            : response.Status == 400 ? fault with { Code = FaultWords.Judge(fault.Message, ErrorCode.InvalidRequest) }
            : fault;
    }

    private static bool Says(WireFault fault, string words) => Has(fault.Message, words) || Has(fault.ProviderCode, words);

    private static bool Has(string? text, string words) => text?.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}

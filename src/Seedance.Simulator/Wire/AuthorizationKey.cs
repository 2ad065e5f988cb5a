using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Wire;

/// <summary>The key of an Authorization header.</summary>
internal static class AuthorizationKey
{
    /// <summary>What follows <paramref name="scheme"/>, or null where the header has another scheme or is not there.</summary>
    public static string? Of(SimulatorRequest request, string scheme)
    {
        string? header = request.Header("Authorization");
        return header?.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase) == true
            ? header.Substring(scheme.Length + 1).Trim()
            : null;
    }
}

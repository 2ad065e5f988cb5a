namespace Seedance.Providers;

/// <summary>
/// The last line of "never lies": what the user asked for and the host has no field for is refused, not dropped. The capability check comes
/// first and names everything at once, but lets models pass that no table knows.
/// </summary>
internal static class RequestPlaces
{
    public static void Refuse(string provider, params (string Name, bool Asked)[] absent)
    {
        List<string> names = [];
        foreach ((string name, bool asked) in absent)
        {
            if (asked)
            {
                names.Add(name);
            }
        }

        if (names.Count > 0)
        {
            throw new SeedanceException(
                ErrorCode.UnsupportedByModel, provider + " has no field for " + string.Join(", ", names) + "; nothing was sent.")
            {
                Provider = provider,
                RecommendedAction = "Leave it out, choose another provider, or name the provider's own field with -Option.",
            };
        }
    }
}

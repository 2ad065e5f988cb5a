namespace Seedance.PowerShell.Cmdlets;

/// <summary>What is said of profiles that are not there.</summary>
internal static class ProfileErrors
{
    public static SeedanceException NotFound(string name) => new(ErrorCode.ProfileNotFound, "There is no profile named '" + name + "'.")
    {
        Target = name,
        RecommendedAction = "Run Get-SeedanceProfile to see the profiles, or Set-SeedanceProfile to make one.",
    };
}

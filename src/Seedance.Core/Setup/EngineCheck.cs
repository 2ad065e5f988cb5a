using System.Runtime.InteropServices;

namespace Seedance.Setup;

internal static class EngineCheck
{
    private static readonly Version s_windowsPowerShell = new(5, 1);
    private static readonly Version s_lowest = new(7, 4);

    public static SeedanceCheck Run(Version engine)
    {
        bool fits = engine >= s_lowest || (engine.Major == s_windowsPowerShell.Major && engine >= s_windowsPowerShell);
        return new SeedanceCheck
        {
            Name = "Engine",
            Outcome = fits ? CheckResult.Passed : CheckResult.Failed,
            Message = string.Format(CultureInfo.InvariantCulture, "PowerShell {0} on {1}, {2}.", engine,
                RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription.Trim()),
            RecommendedAction = fits ? null : "Use PowerShell 7.4 or later, or Windows PowerShell 5.1.",
        };
    }
}

using Seedance.Storage;

namespace Seedance.Setup;

/// <summary>Tries what every submit needs of the state folder: that it can be made, written and flushed, and that there is room.</summary>
internal static class StateFolderCheck
{
    private const long FewBytes = 100L * 1024 * 1024;

    public static SeedanceCheck Run(string home)
    {
        string probe = Path.Combine(home, "setup-" + Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            StateFolder.Create(home);
            AtomicFile.Write(probe, [1], overwrite: false, ownerOnly: true);
            long room = new DriveInfo(Path.GetFullPath(home)).AvailableFreeSpace;
            return room < FewBytes
                ? Check(CheckResult.Warning,
                    string.Format(CultureInfo.InvariantCulture, "{0} can be written, and has {1} MB left.", home, room / 1024 / 1024),
                "Make room, or name another folder with SEEDANCE_HOME.")
                : Check(CheckResult.Passed, home + " can be written.", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SeedanceException or ArgumentException)
        {
            return Check(CheckResult.Failed, home + " cannot be used: " + error.Message,
                "Make it writable for you, or name another folder with SEEDANCE_HOME.");
        }
        finally
        {
            AtomicFile.TryDeleteWithDrafts(probe);
        }
    }

    private static SeedanceCheck Check(CheckResult result, string message, string? action) =>
        new() { Name = "State folder", Outcome = result, Message = message, RecommendedAction = action };
}

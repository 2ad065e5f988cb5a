using Seedance.Storage;

namespace Seedance.Store;

/// <summary>
/// Records that cannot be read, kept in <c>damaged</c> at the same place below it that they had. Nobody knows whether such a job is paid, so nothing may take
/// it for one that never was: whatever leads to it is an error until the user has put a repaired file back or deleted the kept one.
/// </summary>
/// <param name="root">The folder of all records.</param>
internal sealed class DamagedRecords(string root)
{
    private readonly string _folder = Path.Combine(root, "damaged");

    /// <summary>Moves a record here; one that cannot be moved, or was moved here before, stays and is found damaged again.</summary>
    public SeedanceException SetAside(string path, Exception cause)
    {
        string kept = Path.Combine(_folder, Below(root, path));
        try
        {
            StateFolder.Create(Path.GetDirectoryName(kept)!);
            File.Move(path, kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            kept = File.Exists(path) ? path : kept; // Another process was faster.
        }

        return Error(kept, cause);
    }

    /// <summary>One error per file, oldest first.</summary>
    public IEnumerable<SeedanceException> All() => Files(_folder, SearchOption.AllDirectories).Select(path => Error(path));

    public SeedanceException? Find(string id) => Files(_folder, SearchOption.AllDirectories)
        .Where(path => Path.GetFileNameWithoutExtension(path) == id)
        .Select(path => Error(path))
        .FirstOrDefault();

    /// <summary>Those that stood in one of these folders of unfinished jobs.</summary>
    public IEnumerable<SeedanceException> In(IEnumerable<string> folders) => folders
        .SelectMany(folder => Files(Path.Combine(_folder, Below(root, folder)), SearchOption.TopDirectoryOnly))
        .Select(path => Error(path));

    private static IEnumerable<string> Files(string folder, SearchOption depth) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json", depth).OrderBy(Path.GetFileName, StringComparer.Ordinal) : [];

    private static string Below(string folder, string path) => path.Substring(folder.Length + 1);

    private SeedanceException Error(string path, Exception? cause = null)
    {
        string id = Path.GetFileNameWithoutExtension(path);
        string when = JobId.IsValid(id) ? string.Format(CultureInfo.InvariantCulture, " of {0:u}", JobId.CreatedAt(id)) : string.Empty;
        bool isKept = path.StartsWith(_folder, StringComparison.Ordinal);
        string repair = isKept ? "put it back at " + Path.Combine(root, Below(_folder, path)) : "repair it there";
        string text = string.Format(CultureInfo.InvariantCulture, "The record of the job {0} is damaged and is kept at {1}. The job may have been paid, so nothing is sent in its place.", id, path);
        return new SeedanceException(ErrorCode.StoreFailure, text, cause)
        {
            Target = path,
            RecommendedAction = string.Format(
                CultureInfo.InvariantCulture,
                "Look in the provider's dashboard for a job{0}. If the file can be repaired, {1}. If not, delete it; a job that the provider has is then taken up with: Get-SeedanceJob -Provider <name> -ProviderJobId <id>",
                when,
                repair),
        };
    }
}

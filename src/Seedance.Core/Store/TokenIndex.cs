using Seedance.Storage;

namespace Seedance.Store;

/// <summary>From a token, the caller's or the provider's own, to the job that has it: a file per token, so that no lookup scans the history.</summary>
internal sealed class TokenIndex(string folder)
{
    /// <summary>Throws on a file that leads nowhere: a token that looks free would be paid for again.</summary>
    public string? Find(string token)
    {
        string path = PathOf(token);
        if (!File.Exists(path))
        {
            return null;
        }

        string id;
        try
        {
            id = File.ReadAllText(path, Encoding.UTF8).Trim();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // Removed in the same moment.
        }

        return JobId.IsValid(id) ? id : throw new SeedanceException(ErrorCode.StoreFailure, "The file that leads to the job of this token or provider's id is damaged: " + path)
        {
            Target = path,
            RecommendedAction = "See whether there is such a job: Get-SeedanceJob lists those of this state folder, with ClientToken and ProviderJobId. Then write its id into the file, or delete the file if there is none.",
        };
    }

    public void Set(string token, string id)
    {
        StateFolder.Create(folder);
        AtomicFile.Write(PathOf(token), Encoding.UTF8.GetBytes(id), overwrite: true, ownerOnly: true);
    }

    /// <summary>Unless it leads to another job by now.</summary>
    public void Remove(string token, string id)
    {
        if (Find(token) == id)
        {
            File.Delete(PathOf(token));
        }
    }

    private string PathOf(string token) => Path.Combine(folder, AccountKey.Hash(token));
}

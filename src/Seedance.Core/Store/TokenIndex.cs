using System.IO;
using System.Text;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>From a token, the caller's or the provider's own, to the job that has it: a file per token, so that no lookup scans the history.</summary>
internal sealed class TokenIndex(string folder)
{
    public string? Find(string token)
    {
        string path = PathOf(token);
        return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8).Trim() : null;
    }

    public void Set(string token, string id)
    {
        StateFolder.Create(folder);
        AtomicFile.Write(PathOf(token), Encoding.UTF8.GetBytes(id), overwrite: true, ownerOnly: true);
    }

    private string PathOf(string token) => Path.Combine(folder, AccountKey.Hash(token));
}

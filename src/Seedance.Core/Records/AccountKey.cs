using System.Security.Cryptography;

namespace Seedance.Records;

/// <summary>
/// Whose slots a job takes: provider, address and profile. Never the key, not even its hash; two profiles over one key count apart.
/// </summary>
internal static class AccountKey
{
    public static string Of(SeedanceJob job) => Of(job.Provider, job.Endpoint, job.Profile);

    public static string Of(string provider, Uri? endpoint, string? profile)
    {
        string text = string.Join("|", provider, endpoint?.AbsoluteUri, profile).ToLowerInvariant();
        // It names a folder.
        string name =
            string.Concat(provider.ToLowerInvariant().Where(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')).Take(32));
        return name + "-" + Hash(text).Substring(0, 12);
    }

    public static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return string.Concat(
            sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}

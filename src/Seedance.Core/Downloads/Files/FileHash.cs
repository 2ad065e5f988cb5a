using System.Security.Cryptography;

namespace Seedance.Downloads;

/// <summary>SHA-256 of bytes on disk, in lower-case hexadecimal, off the calling thread.</summary>
internal static class FileHash
{
    private const int BlockSize = 256 * 1024;

    public static Task<string> OfFileAsync(string path, CancellationToken stop) => Task.Run(
        () =>
        {
            using FileStream file = new(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Append(hash, file, stop);
            return Text(hash.GetHashAndReset());
        },
        stop);

    public static string OfText(string text)
    {
        using SHA256 sha = SHA256.Create();
        return Text(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Adds all of <paramref name="file"/> from where it stands.</summary>
    public static void Append(IncrementalHash hash, Stream file, CancellationToken stop)
    {
        byte[] block = new byte[BlockSize];
        int read;
        while ((read = file.Read(block, 0, block.Length)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }
    }

    public static string Text(byte[] hash) =>
#if NETSTANDARD2_0
        BitConverter.ToString(hash).Replace("-", string.Empty).ToLowerInvariant();
#else
        Convert.ToHexString(hash).ToLowerInvariant();
#endif
}

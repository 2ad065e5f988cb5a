using System.Security.Cryptography;

namespace Seedance.Simulator.Tasks;

/// <summary>What was uploaded, by hash.</summary>
internal sealed class UploadStore(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly List<SimulatorUpload> _uploads = [];

    public void Add(string dialect, string url, string? fileName, string contentType, ReadOnlyMemory<byte> content)
    {
        using SHA256 sha = SHA256.Create();
        string hash = string.Concat(sha.ComputeHash(content.ToArray()).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        SimulatorUpload upload = new(dialect, url, fileName, contentType, content.Length, hash, time.GetUtcNow());
        lock (_gate)
        {
            _uploads.Add(upload);
        }
    }

    /// <summary>False where there is none.</summary>
    public bool Remove(SimulatorUpload upload)
    {
        lock (_gate)
        {
            return _uploads.Remove(upload);
        }
    }

    public IReadOnlyList<SimulatorUpload> Snapshot()
    {
        lock (_gate)
        {
            return [.. _uploads];
        }
    }
}

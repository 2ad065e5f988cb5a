namespace Seedance.Simulator.Tasks;

/// <summary>A file that was uploaded. Its bytes are not kept; the hash tells whether they came through.</summary>
public sealed record SimulatorUpload(
    string Dialect, string Url, string? FileName, string ContentType, long Length, string Sha256, DateTimeOffset At);

using System.Text.Json;
using Seedance.Storage;
using Seedance.Wire;

namespace Seedance.Downloads;

/// <summary>
/// What stands beside a part, so that another process can go on with it: whose it is, of which object, and how much of it is sure.
/// </summary>
internal sealed record ResumeState
{
    /// <summary>The job and its output; a part of another job that had the same name is not gone on with.</summary>
    public required string Source { get; init; }

    public MediaValidator Validator { get; init; } = MediaValidator.None;

    /// <summary>Bytes of the whole object, where the host says.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes that are on the disk for sure. What follows them after a crash may be holes.</summary>
    public long Kept { get; init; }

    /// <summary>Of the kept bytes, where they were not flushed: it shows on reading whether a power cut took some of them.</summary>
    public string? Sha256 { get; init; }

    public static string PathFor(string part) => part + ".json";

    /// <summary>Null when there is none or it cannot be read: the part is then worth nothing.</summary>
    public static ResumeState? Read(string part)
    {
        try
        {
            return DocumentReader.Read(File.ReadAllBytes(PathFor(part)), new ResumeState { Source = string.Empty }, Fields);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A state that is lost costs a download, never a file, so it is not flushed to the disk.</summary>
    public void Write(string part) =>
        AtomicFile.Write(PathFor(part), DocumentWriter.Write(this, Fields), overwrite: true, durable: false);

    private static ResumeState Fields(DocumentFields document, ResumeState state) => new()
    {
        Source = document.Text("source", state.Source) ?? string.Empty,
        Validator = new(document.Text("etag", state.Validator.ETag), document.Time("lastModified", state.Validator.LastModified)),
        Total = document.Long("total", state.Total),
        Kept = document.Long("kept", state.Kept) ?? throw DocumentFields.Lacks("kept"),
        Sha256 = document.Text("sha256", state.Sha256),
    };
}

using Seedance.Downloads;
using Seedance.Wire;

namespace Seedance.Jobs.Save;

/// <summary>How a file came to lie where it lies, and what is known of its bytes: no more than was looked at.</summary>
internal sealed record SaveNote
{
    private const string Unchecked = "none";

    /// <summary>When it was downloaded; null for one that was found.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>When it was found in its place, with the hash that this job's file has, so that nothing was downloaded.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>
    /// <c>whole</c>: read to its end; <c>kind</c>: its beginning is that of such a file; <c>failed</c>: it is not what it should be, and
    /// -Force saved it as it is; <c>none</c>.
    /// </summary>
    public string Check { get; init; } = Unchecked;

    /// <summary>Why the check failed.</summary>
    public string? Problem { get; init; }

    /// <summary>-Force let it take the place of a file that was there.</summary>
    public bool Replaced { get; init; }

    public static SaveNote Of(MediaVerdict verdict, bool replaced, DateTimeOffset at) => new()
    {
        SavedAt = at,
        Check = verdict.Problem is not null ? "failed" : verdict.IsWhole ? "whole" : verdict.Format is not null ? "kind" : Unchecked,
        Problem = verdict.Problem,
        Replaced = replaced,
    };

    /// <summary>In a sidecar; one of an earlier version says nothing of a check.</summary>
    public static SaveNote Fields(DocumentFields document, SaveNote note) => new()
    {
        SavedAt = document.Time("savedAt", note.SavedAt),
        FoundAt = document.Time("foundAt", note.FoundAt),
        Check = document.Text("check", note.Check) ?? Unchecked,
        Problem = document.Text("checkProblem", note.Problem),
        Replaced = document.Flag("replaced", note.Replaced ? true : null) ?? false,
    };
}

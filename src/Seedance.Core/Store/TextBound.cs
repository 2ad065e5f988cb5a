namespace Seedance.Store;

/// <summary>
/// What a pattern says of the beginning of each text that fits it, whatever the case: enough for an index to leave the others out.
/// <paramref name="Text"/> is the whole text, or how it begins; in lower case, and of ASCII alone, since engines agree on the case of no
/// more than that. <paramref name="End"/> is behind all texts that begin so; null where it is the whole.
/// </summary>
internal sealed record TextBound(string Text, string? End)
{
    private const string Wildcards = "*?[`";

    /// <summary>One for each pattern with PowerShell's wildcards; none where a pattern says nothing of the beginning.</summary>
    public static IReadOnlyList<TextBound> Of(string[] patterns)
    {
        TextBound?[] bounds = Array.ConvertAll(patterns, Of);
        return Array.IndexOf(bounds, null) < 0 ? [.. bounds.OfType<TextBound>()] : [];
    }

    private static TextBound? Of(string pattern)
    {
        int length = 0;
        while (length < pattern.Length && pattern[length] is > '\0' and < '\u007f' && Wildcards.IndexOf(pattern[length]) < 0)
        {
            length++;
        }

        string head = pattern.Substring(0, length).ToLowerInvariant();
        return length == 0 ? null
            : length == pattern.Length ? new TextBound(head, End: null)
            : new TextBound(head, head.Substring(0, length - 1) + (char)(head[length - 1] + 1));
    }
}

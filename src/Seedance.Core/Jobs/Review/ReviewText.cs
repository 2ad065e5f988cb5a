namespace Seedance.Jobs.Review;

/// <summary>Text that came from a sheet or a host, for the page.</summary>
internal static class ReviewText
{
    private const int Longest = 4_000; // A prompt may have 20,000 characters, and a page five hundred of them.

    /// <summary>Half of a pair has no UTF-8 and would end the page; what is too long ends with an ellipsis.</summary>
    public static string Whole(string text)
    {
        bool cut = text.Length > Longest;
        StringBuilder whole = new(cut ? text.Substring(0, Longest) : text);
        for (int i = 0; i < whole.Length; i++)
        {
            if (char.IsHighSurrogate(whole[i]) && i + 1 < whole.Length && char.IsLowSurrogate(whole[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(whole[i]))
            {
                whole[i] = '\uFFFD';
            }
        }

        return cut ? whole.Append('\u2026').ToString() : whole.ToString();
    }
}

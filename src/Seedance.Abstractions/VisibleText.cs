namespace Seedance;

/// <summary>
/// Text of a host or a user as it may be shown: on one line, and with a mark such as <c>&lt;U+001B&gt;</c> for each character that would
/// command the terminal or turn the reading direction around.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with marks, or the text itself where it needs none.</summary>
    public static string Of(string? text) =>
        Clean(text ?? string.Empty, static character => "<U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture) + ">",
        keepsLines: false);

    /// <summary>Likewise for an address, which still works afterwards: its marks are those of addresses.</summary>
    public static string OfAddress(string address) => Clean(address, Escape, keepsLines: true);

    private static string Clean(string text, Func<char, string> mark, bool keepsLines)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        StringBuilder clean = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char letter = text[i];
            if (!IsHidden(text, i))
            {
                clean.Append(letter);
            }
            else if (keepsLines || !IsBreak(letter))
            {
                clean.Append(mark(letter));
            }
            else if (letter != '\n' || i == 0 || text[i - 1] != '\r') // One blank for both.
            {
                clean.Append(' ');
            }
        }

        return clean.ToString();
    }

    private static bool IsBreak(char letter) => letter is (>= '\t' and <= '\r') or '\u0085' or '\u2028' or '\u2029';

    private static bool IsHidden(string text, int at)
    {
        char letter = text[at];
        return letter switch
        {
            < ' ' or (>= '\u007F' and < '\u00A0') => true,
            < '\u061C' => false,
            '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' => true,
            (>= '\uFDD0' and <= '\uFDEF') or '\uFFFE' or '\uFFFF' => true,
            _ => char.IsSurrogate(letter) && !IsPair(text, at),
        };
    }

    private static bool IsPair(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private static string Escape(char letter)
    {
        StringBuilder escaped = new();
        foreach (byte part in Encoding.UTF8.GetBytes([letter]))
        {
            escaped.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}

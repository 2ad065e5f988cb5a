namespace Seedance.Jobs.Save;

/// <summary>Names that every file system takes and that mean the same on each: a folder of videos gets copied around.</summary>
internal static class SafeFileName
{
    private const string Reserved = "<>:\"/\\|?*";
    private const string Gap = "\u2026";
    private const int ShortestEnds = 16;
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Makes any text part of a name: no separators, no control or invisible characters, no runs of blanks.</summary>
    public static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (char.IsSurrogate(letter))
            {
                bool pair = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                clean.Append(pair ? text.Substring(i++, 2) : "_"); // Half a pair has no UTF-8.
            }
            else if (char.IsWhiteSpace(letter))
            {
                clean.Append(clean.Length > 0 && clean[clean.Length - 1] == ' ' ? string.Empty : " ");
            }
            else if (Reserved.IndexOf(letter) >= 0 || char.IsControl(letter)
                || letter is '\uFFFE' or '\uFFFF' or (>= '\uFDD0' and <= '\uFDEF'))
            {
                clean.Append('_');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format) // Such as the one that turns a name around.
            {
                clean.Append(letter);
            }
        }

        return Composed(clean.ToString());
    }

    /// <summary>As most systems write it. What the runtime takes for no text stays as it is: one odd character ends no save.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>What remains is a name of its own: no dots or blanks at its ends, not empty, no device of Windows.</summary>
    public static string Complete(string name, string fallback)
    {
        string trimmed = name.Trim('.', ' ');
        trimmed = trimmed.Length == 0 ? Clean(fallback).Trim('.', ' ') : trimmed;
        string first = trimmed.Split('.')[0].TrimEnd(' ');
        return IsDevice(first) ? "_" + trimmed : trimmed;
    }

    /// <summary>The longest beginning that fits, never through the middle of a character.</summary>
    public static string Shorten(string text, int mostBytes, int mostCharacters = int.MaxValue)
    {
        StringBuilder kept = new();
        int bytes = 0;
        int characters = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && characters++ < mostCharacters)
        {
            string element = elements.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(element);
            if (bytes > mostBytes)
            {
                break;
            }

            kept.Append(element);
        }

        return kept.ToString();
    }

    /// <summary>
    /// Both ends of what does not fit, cut between words where there are some: texts of one set often differ at the end alone.
    /// </summary>
    public static string ShortenMiddle(string text, int mostBytes, int mostCharacters)
    {
        if (Encoding.UTF8.GetByteCount(text) <= mostBytes && new StringInfo(text).LengthInTextElements <= mostCharacters)
        {
            return text;
        }

        int bytes = mostBytes - Encoding.UTF8.GetByteCount(Gap);
        if (bytes < ShortestEnds)
        {
            return Shorten(text, mostBytes, mostCharacters);
        }

        string head = Shorten(text, bytes / 2, mostCharacters / 2);
        string tail = End(text, bytes / 2, (mostCharacters - 1) / 2);
        int word = head.LastIndexOf(' ');
        int next = tail.IndexOf(' ');
        head = text[head.Length] != ' ' && word >= head.Length / 2 ? head.Substring(0, word) : head;
        tail = text[text.Length - tail.Length - 1] != ' ' && next >= 0 && next < tail.Length / 2 ? tail.Substring(next + 1) : tail;
        return head.TrimEnd(' ', ',') + Gap + tail.TrimStart(' ', ',');
    }

    private static string End(string text, int mostBytes, int mostCharacters)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        int from = text.Length;
        for (int i = starts.Length - 1;
            i >= 0 && starts.Length - i <= mostCharacters && Encoding.UTF8.GetByteCount(text.Substring(starts[i])) <= mostBytes; i--)
        {
            from = starts[i];
        }

        return text.Substring(from);
    }

    private static bool IsDevice(string name)
    {
        if (s_devices.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        bool port = name.Length == 4
            && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
        return port && (name[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3'); // Windows takes superscripts for digits.
    }
}

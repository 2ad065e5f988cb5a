using System.Text.RegularExpressions;

namespace Seedance.Wire;

/// <summary>
/// Finds a secret however its characters are spelled, each by itself: as in an address, in JSON, in HTML, upper case or lower, once or
/// twice over. A host that echoes what it was sent may have put it through any of these.
/// </summary>
internal sealed class SpelledSecret
{
    private const string Slashes = @"\\+";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly char[] s_marks = ['%', '\\', '&'];
    private readonly Lazy<Regex> _spellings;

    public SpelledSecret(string secret)
    {
        Longest = secret.Length * 16;
        _spellings = new(() => new Regex(string.Concat(Letters(secret).Select(Spellings)), RegexOptions.CultureInvariant, s_patience));
    }

    /// <summary>No spelling that anybody uses is longer.</summary>
    public int Longest { get; }

    public string Replace(string text, string mask)
    {
        if (text.IndexOfAny(s_marks) < 0)
        {
            return text;
        }

        try
        {
            return _spellings.Value.Replace(text, mask);
        }
        catch (RegexMatchTimeoutException)
        {
            return mask; // A text that takes so long to look at is none that anybody needs to read.
        }
    }

    private static IEnumerable<string> Letters(string secret)
    {
        for (int i = 0; i < secret.Length; i++)
        {
            bool pair = char.IsHighSurrogate(secret[i]) && i + 1 < secret.Length;
            yield return pair ? secret.Substring(i++, 2) : secret.Substring(i, 1);
        }
    }

    private static string Spellings(string letter)
    {
        string inAddress = string.Concat(Encoding.UTF8.GetBytes(letter).Select(part => "%(?:25)*(?i:" + Hex(part, 2) + ")"));
        string inJson = string.Concat(letter.Select(unit => Slashes + "u(?i:" + Hex(unit, 4) + ")"));
        int point = char.IsHighSurrogate(letter[0]) && letter.Length > 1 ? char.ConvertToUtf32(letter, 0) : letter[0];
        string inHtml = "&(?:amp;)*#(?:0*" + point.ToString(CultureInfo.InvariantCulture) + "|(?i:x)0*(?i:" + Hex(point, 1) + "));?";
        string? named = letter switch { "&" => "amp", "\"" => "quot", "'" => "apos", "<" => "lt", ">" => "gt", _ => null };
        string plain = letter is "\"" or "\\" or "/" ? @"\\*" + Regex.Escape(letter) : Regex.Escape(letter);
        return "(?:" + plain + "|" + inAddress + "|" + inJson + "|" + inHtml + (named is null ? string.Empty : "|&(?:amp;)*" + named + ";")
            + ")";
    }

    private static string Hex(int number, int digits) =>
        number.ToString("x" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

namespace Seedance.Wire;

/// <summary>
/// Removes an account's secrets from any text that comes from a host or leaves for a person or a file: as they are, in any spelling, and in
/// base64 at any alignment, since a provider may echo what it was sent.
/// </summary>
internal sealed class Redactor
{
    public const string Mask = "***";
    private const int ShortestSecret = 6; // Shorter ones would mask ordinary words.
    private readonly string[] _forms;
    private readonly SpelledSecret[] _spelled;

    private Redactor(string[] forms, SpelledSecret[] spelled)
    {
        _forms = forms;
        _spelled = spelled;
        Longest = spelled.Length == 0 ? 0 : spelled.Max(secret => secret.Longest);
    }

    public static Redactor None { get; } = new([], []);

    /// <summary>No form of a secret is longer.</summary>
    public int Longest { get; }

    public static Redactor For(params string?[] secrets)
    {
        string[] longEnough =
            [.. secrets.OfType<string>().Where(secret => secret.Length >= ShortestSecret).Distinct(StringComparer.Ordinal)];
        HashSet<string> forms = new(longEnough, StringComparer.Ordinal);
        foreach (string secret in longEnough)
        {
            forms.UnionWith(Base64Forms(secret));
        }

        return forms.Count == 0
            ? None
            : new([.. forms.OrderByDescending(form => form.Length)], [.. longEnough.Select(secret => new SpelledSecret(secret))]);
    }

    public string Redact(string text)
    {
        foreach (string form in _forms)
        {
            if (text.IndexOf(form, StringComparison.Ordinal) >= 0)
            {
                text = text.Replace(form, Mask);
            }
        }

        foreach (SpelledSecret secret in _spelled)
        {
            text = secret.Replace(text, Mask);
        }

        return text;
    }

    /// <summary>The characters of base64 that depend on the secret alone, for each of the three places it may start at.</summary>
    private static IEnumerable<string> Base64Forms(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        for (int lead = 0; lead < 3; lead++)
        {
            byte[] padded = new byte[lead + bytes.Length];
            bytes.CopyTo(padded, lead);
            string text = Convert.ToBase64String(padded);
            int first = ((lead * 8) + 5) / 6;
            int last = padded.Length * 8 / 6;
            string form = text.Substring(first, last - first);
            yield return form;
            yield return form.Replace('+', '-').Replace('/', '_');
        }
    }
}

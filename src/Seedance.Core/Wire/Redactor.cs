using System.Text.Json;

namespace Seedance.Wire;

/// <summary>
/// Removes an account's secrets from any text that leaves for a person or a file: as they are, URL-encoded, JSON-escaped, and in base64 at
/// any alignment, since a provider may echo what it was sent.
/// </summary>
internal sealed class Redactor
{
    private const string Mask = "***";
    private const int ShortestSecret = 6; // Shorter ones would mask ordinary words.
    private readonly string[] _forms;

    private Redactor(string[] forms) => _forms = forms;

    public static Redactor None { get; } = new([]);

    public static Redactor For(params string?[] secrets)
    {
        HashSet<string> forms = new(StringComparer.Ordinal);
        foreach (string secret in secrets.OfType<string>().Where(secret => secret.Length >= ShortestSecret))
        {
            forms.Add(secret);
            forms.Add(Uri.EscapeDataString(secret));
            forms.Add(JsonEncodedText.Encode(secret).ToString());
            forms.UnionWith(Base64Forms(secret));
        }

        return forms.Count == 0 ? None : new([.. forms.OrderByDescending(form => form.Length)]);
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

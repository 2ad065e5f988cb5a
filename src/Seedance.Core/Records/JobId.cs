using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Seedance.Records;

/// <summary>Ids that sort by time, can be typed, and tell the day they belong to.</summary>
internal static class JobId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's: no i, l, o, u.
    private static readonly Regex s_form = new(
        "^[0-9]{8}-[0-9]{6}-[0-9a-hjkmnp-tv-z]{7}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));

    public static string Create(DateTimeOffset now)
    {
        byte[] random = new byte[4];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        Span<char> tail = stackalloc char[4];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = Alphabet[random[i] % Alphabet.Length];
        }

        return now.UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture) + tail.ToString();
    }

    /// <summary>Keeps a typed id from naming a file elsewhere.</summary>
    public static bool IsValid(string id) => s_form.IsMatch(id);

    /// <summary>The moment that the id was made at.</summary>
    public static DateTimeOffset CreatedAt(string id) => DateTimeOffset.TryParseExact(
        id.Substring(0, 15), "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : DateTimeOffset.MinValue;
}

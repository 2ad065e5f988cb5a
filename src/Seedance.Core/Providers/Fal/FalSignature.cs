using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Providers.Fal;

/// <summary>
/// fal's callback signature: ED25519 in hexadecimal over four lines, the request id, user id and timestamp of the headers and the SHA-256 of the body
/// in hexadecimal; the keys come from a published JWKS. Inferred from general knowledge of fal's webhooks, not read again for this version.
/// </summary>
internal static class FalSignature
{
    private const string Prefix = "X-Fal-Webhook-";
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    public static string? FindForgery(IReadOnlyDictionary<string, string> headers, byte[] body, string jwks, DateTimeOffset now)
    {
        List<string> parts = [];
        foreach (string name in new[] { "Request-Id", "User-Id", "Timestamp", "Signature" })
        {
            if (CallbackHeaders.Find(headers, Prefix + name) is not { Length: > 0 } value)
            {
                return "the header " + Prefix + name + " is missing";
            }

            parts.Add(value);
        }

        if (CallbackHeaders.OutOfTime(parts[2], now, s_window) is { } late)
        {
            return late;
        }

        List<byte[]> keys = [.. PublicKeys(jwks)];
        if (keys.Count == 0)
        {
            return "the secret holds no ED25519 key; give the text of fal's JWKS";
        }

        using SHA256 sha = SHA256.Create();
        byte[] message = Encoding.UTF8.GetBytes(string.Join("\n", parts[0], parts[1], parts[2], Hex(sha.ComputeHash(body))));
        return FromHex(parts[3]) is { } signature && keys.Any(key => Ed25519.Verify(key, message, signature)) ? null : "the signature does not fit the body";
    }

    private static IEnumerable<byte[]> PublicKeys(string jwks)
    {
        WireNode root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(jwks);
            root = new WireNode(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return [];
        }

        IEnumerable<WireNode> keys = root["keys"].Exists ? root["keys"].Items : [root];
        return keys.Select(key => FromBase64Url(key["x"].Text)).OfType<byte[]>().Where(key => key.Length == Ed25519.KeyLength);
    }

    private static byte[]? FromBase64Url(string? text)
    {
        try
        {
            string plain = (text ?? string.Empty).Replace('-', '+').Replace('_', '/').TrimEnd('=');
            return Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    private static byte[]? FromHex(string text)
    {
        byte[] bytes = new byte[text.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(text.Substring(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return null;
            }
        }

        return text.Length % 2 == 0 ? bytes : null;
    }
}

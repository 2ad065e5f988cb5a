using System.Security.Cryptography;

namespace Seedance.Providers.Replicate;

/// <summary>
/// Replicate's callback signature: HMAC-SHA256 over <c>id.timestamp.body</c> with the secret's part after <c>whsec_</c>; the header lists
/// one signature per key that is in use (https://replicate.com/docs/topics/webhooks).
/// </summary>
internal static class ReplicateSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    public static string? FindForgery(IReadOnlyDictionary<string, string> headers, byte[] body, string secret, DateTimeOffset now)
    {
        foreach (string name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
        {
            if (CallbackHeaders.Find(headers, name) is not { Length: > 0 })
            {
                return "the header " + name + " is missing";
            }
        }

        string id = CallbackHeaders.Find(headers, "webhook-id")!;
        string timestamp = CallbackHeaders.Find(headers, "webhook-timestamp")!;
        if (CallbackHeaders.OutOfTime(timestamp, now, s_window) is { } late)
        {
            return late;
        }

        if (Key(secret) is not { } key)
        {
            return "the secret is not one of Replicate's (whsec_...)";
        }

        byte[] head = Encoding.UTF8.GetBytes(id + "." + timestamp + ".");
        byte[] message = new byte[head.Length + body.Length];
        head.CopyTo(message, 0);
        body.CopyTo(message, head.Length);
        using HMACSHA256 hmac = new(key);
        byte[] right = hmac.ComputeHash(message);
        bool signed = false;
        foreach (string part in CallbackHeaders.Find(headers, "webhook-signature")!.Split(' '))
        {
            signed |= part.StartsWith(Version, StringComparison.Ordinal) && Same(right, Bytes(part.Substring(Version.Length)));
        }

        return signed ? null : "the signature does not fit the body";
    }

    private static byte[]? Key(string secret)
    {
        string trimmed = secret.Trim();
        byte[]? key = Bytes(trimmed.StartsWith(SecretPrefix, StringComparison.Ordinal) ? trimmed.Substring(SecretPrefix.Length) : trimmed);
        return key is { Length: > 0 } ? key : null;
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Takes as long for a near miss as for a far one.</summary>
    private static bool Same(byte[] right, byte[]? given)
    {
        int difference = right.Length ^ (given?.Length ?? 0);
        for (int i = 0; i < right.Length; i++)
        {
            difference |= right[i] ^ (given is not null && i < given.Length ? given[i] : 0);
        }

        return difference == 0;
    }
}

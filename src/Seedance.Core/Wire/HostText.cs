namespace Seedance.Wire;

/// <summary>
/// The door by which a host's words come in: without secrets, without what commands a terminal, and bounded, in this order.
/// </summary>
internal static class HostText
{
    private const int Longest = 64 * 1024; // Longer than any prompt that comes back, and no record holds more of it.

    public static bool IsClean(string text, Redactor redactor) => text.Length <= Longest && ReferenceEquals(Clean(text, redactor), text);

    public static string Clean(string text, Redactor redactor)
    {
        string safe = redactor.Redact(text);
        safe = IsAddress(safe) ? VisibleText.OfAddress(safe) : VisibleText.Of(safe);
        return safe.Length <= Longest || safe.StartsWith("data:", StringComparison.Ordinal) ? safe : safe.Substring(0, Longest) + "...";
    }

    /// <summary>
    /// By its byte order mark, as UTF-8 where it is that, by the charset it is labelled with, and else as UTF-8 with gaps. A refusal
    /// without a label that reads as GB 18030 is taken for that, as gateways in China send it; a success is never guessed at, since an id
    /// that was guessed would be another job's.
    /// </summary>
    public static string Decode(byte[] bytes, string? contentType, bool isRefusal = false)
    {
        if (bytes.Length > 1 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            Encoding wide = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return wide.GetString(bytes, 2, bytes.Length - 2);
        }

        string text = Encoding.UTF8.GetString(bytes);
        if (text.IndexOf('\uFFFD') >= 0)
        {
            text = Charset(contentType)?.GetString(bytes) ?? (isRefusal ? Chinese(bytes) : null) ?? text;
        }

        return text.TrimStart('\uFEFF');
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where it is none.</summary>
    private static string? Chinese(byte[] bytes)
    {
        try
        {
#if NETSTANDARD2_0
            return Encoding.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
#else
            return CodePagesEncodingProvider.Instance.GetEncoding(
                "gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)?.GetString(bytes);
#endif
        }
        catch (Exception error) when (error is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? Charset(string? contentType)
    {
        const string Label = "charset=";
        int at = contentType?.IndexOf(Label, StringComparison.OrdinalIgnoreCase) ?? -1;
        string name = at < 0 ? string.Empty : contentType!.Substring(at + Label.Length).Split(';', ',')[0].Trim(' ', '"', '\'');
        if (name.Length == 0 || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
#if NETSTANDARD2_0
            Encoding named = Encoding.GetEncoding(name);
#else
            Encoding named = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#endif
            // Wide ones have a mark of their own; without it the label is wrong, and would hide an id.
            return named.GetByteCount("{}") == 2 ? named : null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

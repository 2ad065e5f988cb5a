namespace Seedance.Sheets;

/// <summary>
/// Reads the bytes of a sheet as text in the encoding that they are in, and refuses what can only be guessed: a wrong guess would be paid
/// for as a prompt.
/// </summary>
internal static class SheetText
{
    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// <paramref name="encoding"/> is as the user names it; null leaves it to the file's mark, and to UTF-8 where it has none.
    /// </summary>
    public static string Decode(byte[] bytes, string? encoding)
    {
        Encoding chosen = encoding is null ? s_utf8 : Named(encoding);
        foreach (Encoding marked in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] mark = marked.GetPreamble();
            if (bytes.Length >= mark.Length && bytes.Take(mark.Length).SequenceEqual(mark))
            {
                return marked.GetString(bytes, mark.Length, bytes.Length - mark.Length);
            }
        }

        try
        {
            return chosen.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new SeedanceException(
                ErrorCode.InvalidRequest, "The sheet is not in UTF-8, and has no mark that says in which encoding it is.", error)
            {
                RecommendedAction = "Nothing was sent or spent. Save it as 'CSV UTF-8', or name its encoding, such as -Encoding ansi.",
            };
        }
    }

    private static Encoding Named(string name)
    {
#if !NETSTANDARD2_0
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // Windows PowerShell's runtime has these by itself.
#endif
        try
        {
            return name.Trim().ToLowerInvariant() switch
            {
                "utf8" or "utf-8" or "utf8bom" or "utf8nobom" => s_utf8,
                "unicode" or "utf16" => Encoding.Unicode,
                "bigendianunicode" => Encoding.BigEndianUnicode,
                "ansi" or "default" =>
                    Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.ANSICodePage is > 0 and int page ? page : 1252),
                "oem" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.OEMCodePage is > 0 and int page ? page : 850),
                { } other =>
                    int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? Encoding.GetEncoding(number)
                    : Encoding.GetEncoding(other),
            };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest, "There is no encoding '" + name + "'.", error)
            {
                RecommendedAction = "Name one like utf8, ansi, unicode, windows-1252 or a code page's number.",
            };
        }
    }
}

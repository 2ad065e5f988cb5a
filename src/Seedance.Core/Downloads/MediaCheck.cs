namespace Seedance.Downloads;

/// <summary>Whether a downloaded file is what its output says it is.</summary>
internal static class MediaCheck
{
    private static readonly byte[] s_pngEnd = [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    /// <param name="file">The whole file.</param>
    /// <param name="kind">The output's kind.</param>
    /// <param name="extension">Of the target; an <c>Other</c> that is none of ours is judged by its length alone.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(Stream file, string kind, string extension)
    {
        if (file.Length == 0)
        {
            return "it is empty";
        }

        byte[] start = Peek(file, 0);
        bool video = extension is ".mp4" or ".mov" || (kind == "Video" && extension is not (".webm" or ".mkv"));
        bool image = !video && (kind == "LastFrame" || extension is ".png" or ".jpg" or ".webp");
        string? page = DescribePage(start);
        if (page is not null && (video || image || kind == "Video"))
        {
            return page;
        }

        return video ? FindVideoFault(file, start)
            : image ? FindImageFault(file, start)
            : null;
    }

    /// <summary>The extension that the address names, where it is one that fits the output.</summary>
    public static string? ExtensionOf(JobOutput output)
    {
        string extension = output.Url is null ? string.Empty : Path.GetExtension(output.Url.AbsolutePath).ToLowerInvariant();
        bool film = extension is ".mp4" or ".mov" or ".webm";
        bool image = extension is ".png" or ".jpg" or ".jpeg" or ".webp";
        bool fits = (film && output.Kind != "LastFrame") || (image && output.Kind != "Video");
        return !fits ? null : extension == ".jpeg" ? ".jpg" : extension;
    }

    public static string DefaultExtension(string kind) => kind switch
    {
        "Video" => ".mp4",
        "LastFrame" => ".png",
        _ => ".bin",
    };

    /// <summary>The extension that the bytes themselves call for, where they are of a kind we know.</summary>
    public static string? SniffExtension(Stream file)
    {
        byte[] start = Peek(file, 0);
        return IsImage(start) ?? (Ascii(start, 4, 4) != "ftyp" ? null : Ascii(start, 8, 4) == "qt  " ? ".mov" : ".mp4");
    }

    private static string? FindVideoFault(Stream file, byte[] start) =>
        IsImage(start) is { } image ? "it is an image (" + image.TrimStart('.') + ") and no video" : Mp4Check.FindFault(file);

    private static string? FindImageFault(Stream file, byte[] start) => IsImage(start) switch
    {
        null => "it is not an image",
        ".png" when !Ends(file, s_pngEnd) => "the image is cut off",
        _ => null,
    };

    private static string? IsImage(byte[] start) =>
        Ascii(start, 1, 3) == "PNG" && start[0] == 0x89 ? ".png"
        : start.Length > 3 && start[0] == 0xFF && start[1] == 0xD8 && start[2] == 0xFF ? ".jpg"
        : Ascii(start, 0, 4) == "RIFF" && Ascii(start, 8, 4) == "WEBP" ? ".webp"
        : null;

    private static string? DescribePage(byte[] start)
    {
        string text = Encoding.ASCII.GetString(start).TrimStart('?', ' ', '\t', '\r', '\n'); // Question marks are a byte order mark.
        return text.StartsWith("{", StringComparison.Ordinal) || text.StartsWith("[", StringComparison.Ordinal)
            ? "it is a JSON text and no media, most likely the host's refusal"
            : text.StartsWith("<", StringComparison.Ordinal) ? "it is a web page or XML text and no media, most likely the host's refusal"
            : null;
    }

    private static string Ascii(byte[] bytes, int from, int count) =>
        bytes.Length < from + count ? string.Empty : Encoding.ASCII.GetString(bytes, from, count);

    private static bool Ends(Stream file, byte[] with)
    {
        byte[] end = Peek(file, Math.Max(0, file.Length - with.Length));
        return end.AsSpan().SequenceEqual(with);
    }

    private static byte[] Peek(Stream file, long at)
    {
        file.Position = at;
        byte[] bytes = new byte[64];
        int have = 0;
        int read;
        while (have < bytes.Length && (read = file.Read(bytes, have, bytes.Length - have)) > 0)
        {
            have += read;
        }

        Array.Resize(ref bytes, have);
        return bytes;
    }
}

using Seedance.Media;
using Seedance.Models;

namespace Seedance.Downloads;

/// <summary>
/// What a downloaded file was found to be. <paramref name="Problem"/> is why it cannot be what its output says it is, or null;
/// <paramref name="Format"/> is null where its bytes do not tell.
/// </summary>
internal sealed record MediaVerdict(string? Problem, MediaFormat? Format = null)
{
    /// <summary>It is a host's text or nothing at all, so that nobody wants it even with -Force.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>It was read to its end, and is whole.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Bytes after the last whole part of it, which harm nothing and are kept.</summary>
    public long Trailing { get; init; }

    /// <summary>
    /// Those bytes are no padding: bytes that were put in on the way push the last ones of a film beyond its end, and another try tells.
    /// </summary>
    public bool IsSuspect { get; init; }
}

/// <summary>Whether a downloaded file is what its output says it is.</summary>
internal static class MediaCheck
{
    private const int LongestEnd = 64 * 1024;
    private static readonly byte[] s_pngEnd = [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];
    private static readonly string[] s_films = [".mp4", ".mov", ".webm", ".mkv"];
    private static readonly string[] s_images = [".png", ".jpg", ".webp"];

    /// <summary>An <paramref name="extension"/> that is none of ours makes an <c>Other</c> that is judged by its length alone.</summary>
    public static MediaVerdict Judge(Stream file, string kind, string extension)
    {
        if (file.Length == 0)
        {
            return new MediaVerdict("it is empty") { IsRefusal = true };
        }

        MediaType? wanted = kind == "Video" || Array.IndexOf(s_films, extension) >= 0 ? MediaType.Video
            : kind == "LastFrame" || Array.IndexOf(s_images, extension) >= 0 ? MediaType.Image
            : null;
        MediaFormat? format = MediaSniffer.Of(file);
        if (wanted is null)
        {
            return new MediaVerdict(null, format);
        }

        if (format is null)
        {
            return DescribePage(MediaSniffer.Peek(file, 0, 64)) is { } page
                ? new MediaVerdict(page) { IsRefusal = true }
                : new MediaVerdict(wanted == MediaType.Video ? IsoFile.Read(file).Problem ?? "it is not a video" : "it is not an image");
        }

        return format.Type == wanted
            ? JudgeWhole(file, format)
            : new MediaVerdict("it is " + format.Name + " and no " + (wanted == MediaType.Video ? "video" : "image"), format);
    }

    /// <summary>The extension that the saved file has or that the address names, where it is one that fits the output.</summary>
    public static string? ExtensionOf(JobOutput output) => Fitting(output, output.Path) ?? Fitting(output, output.Url?.AbsolutePath);

    public static string DefaultExtension(string kind) => kind switch
    {
        "Video" => ".mp4",
        "LastFrame" => ".png",
        _ => ".bin",
    };

    private static string? Fitting(JobOutput output, string? name)
    {
        string extension = Path.GetExtension(name ?? string.Empty).ToLowerInvariant();
        bool film = Array.IndexOf(s_films, extension) >= 0;
        bool image = extension == ".jpeg" || Array.IndexOf(s_images, extension) >= 0;
        bool fits = (film && output.Kind != "LastFrame") || (image && output.Kind != "Video");
        return !fits ? null : extension == ".jpeg" ? ".jpg" : extension;
    }

    private static MediaVerdict JudgeWhole(Stream file, MediaFormat format)
    {
        if (format == MediaFormat.Mp4 || format == MediaFormat.Mov)
        {
            IsoFile boxes = IsoFile.Read(file);
            return Ending(file, new MediaVerdict(boxes.Problem, format) { IsWhole = boxes.Problem is null, Trailing = boxes.Trailing });
        }

        if ((format == MediaFormat.WebM || format == MediaFormat.Matroska) && MatroskaFile.Read(file) is { } segment)
        {
            return Ending(
                file, new MediaVerdict(segment.Problem, format) { IsWhole = segment.Problem is null, Trailing = segment.Trailing });
        }

        return format == MediaFormat.Png ? JudgePng(file) : new MediaVerdict(null, format);
    }

    private static MediaVerdict Ending(Stream file, MediaVerdict verdict)
    {
        int count = (int)Math.Min(verdict.Trailing, LongestEnd);
        return verdict with { IsSuspect = count > 0 && MediaSniffer.Peek(file, file.Length - count, count).Any(value => value != 0) };
    }

    private static MediaVerdict JudgePng(Stream file)
    {
        int count = (int)Math.Min(file.Length, LongestEnd);
        int end = MediaSniffer.Peek(file, file.Length - count, count).AsSpan().LastIndexOf(s_pngEnd);
        return end < 0
            ? new MediaVerdict("the image is cut off", MediaFormat.Png)
            : new MediaVerdict(null, MediaFormat.Png) { IsWhole = true, Trailing = count - end - s_pngEnd.Length };
    }

    private static string? DescribePage(byte[] start)
    {
        string text = Encoding.ASCII.GetString(start).TrimStart('?', ' ', '\t', '\r', '\n'); // Question marks are a byte order mark.
        return text.StartsWith("{", StringComparison.Ordinal) || text.StartsWith("[", StringComparison.Ordinal)
            ? "it is a JSON text and no media, most likely the host's refusal"
            : text.StartsWith("<", StringComparison.Ordinal) ? "it is a web page or XML text and no media, most likely the host's refusal"
            : null;
    }
}

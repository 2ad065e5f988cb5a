using Seedance.Models;

namespace Seedance.Media;

/// <summary>
/// What a file is by its bytes, whatever its name says. The name is for people, with its article, and the content type for hosts. It is a
/// video only with pictures that move: sound alone in an MP4 is audio, and a HEIC picture is an image. <paramref name="IsUploaded"/> where
/// a host is known that takes it as a reference.
/// </summary>
internal sealed record MediaFormat(string Name, string ContentType, MediaType Type, string Extension, bool IsUploaded = false)
{
    public static readonly MediaFormat Png = new("a PNG picture", "image/png", MediaType.Image, ".png", IsUploaded: true);
    public static readonly MediaFormat Jpeg = new("a JPEG picture", "image/jpeg", MediaType.Image, ".jpg", IsUploaded: true);
    public static readonly MediaFormat Gif = new("a GIF picture", "image/gif", MediaType.Image, ".gif", IsUploaded: true);
    public static readonly MediaFormat Bmp = new("a BMP picture", "image/bmp", MediaType.Image, ".bmp", IsUploaded: true);
    public static readonly MediaFormat WebP = new("a WebP picture", "image/webp", MediaType.Image, ".webp", IsUploaded: true);
    public static readonly MediaFormat Tiff = new("a TIFF picture", "image/tiff", MediaType.Image, ".tiff", IsUploaded: true);
    public static readonly MediaFormat Heic = new("a HEIC picture", "image/heic", MediaType.Image, ".heic", IsUploaded: true);
    public static readonly MediaFormat Heif = new("a HEIF picture", "image/heif", MediaType.Image, ".heif", IsUploaded: true);
    public static readonly MediaFormat Avif = new("an AVIF picture", "image/avif", MediaType.Image, ".avif");
    public static readonly MediaFormat Mp4 = new("an MP4 video", "video/mp4", MediaType.Video, ".mp4", IsUploaded: true);
    public static readonly MediaFormat Mov = new("a QuickTime video", "video/quicktime", MediaType.Video, ".mov", IsUploaded: true);
    public static readonly MediaFormat WebM = new("a WebM video", "video/webm", MediaType.Video, ".webm");
    public static readonly MediaFormat Matroska = new("a Matroska video", "video/x-matroska", MediaType.Video, ".mkv");
    public static readonly MediaFormat Avi = new("an AVI video", "video/x-msvideo", MediaType.Video, ".avi");
    public static readonly MediaFormat Wav = new("WAV audio", "audio/wav", MediaType.Audio, ".wav", IsUploaded: true);
    public static readonly MediaFormat Mp3 = new("MP3 audio", "audio/mpeg", MediaType.Audio, ".mp3", IsUploaded: true);
    public static readonly MediaFormat Mp4Audio = new("audio in an MP4", "audio/mp4", MediaType.Audio, ".m4a");
    public static readonly MediaFormat WebMAudio = new("audio in a WebM", "audio/webm", MediaType.Audio, ".weba");
    public static readonly MediaFormat Aac = new("AAC audio", "audio/aac", MediaType.Audio, ".aac");
    public static readonly MediaFormat Flac = new("FLAC audio", "audio/flac", MediaType.Audio, ".flac");
    public static readonly MediaFormat Ogg = new("Ogg audio", "audio/ogg", MediaType.Audio, ".ogg");

    private static readonly MediaFormat[] s_all =
        [Png, Jpeg, Gif, Bmp, WebP, Tiff, Heic, Heif, Avif, Mp4, Mov, WebM, Matroska, Avi, Wav, Mp3, Mp4Audio, WebMAudio, Aac, Flac, Ogg];

    /// <summary>The extension that a file of this content type has; empty where it is none of ours.</summary>
    public static string ExtensionOf(string contentType) =>
        Array.Find(s_all, format => format.ContentType == contentType)?.Extension ?? string.Empty;
}

using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>A local file that a request refers to, and whether it is what its place asks for.</summary>
internal sealed record LocalMedia(string Path, MediaType Type, string ContentType, long Length)
{
    private static readonly (byte[] Magic, int Offset, string ContentType, MediaType Type)[] s_signatures =
    [
        ([0x89, 0x50, 0x4E, 0x47], 0, "image/png", MediaType.Image),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg", MediaType.Image),
        ("GIF8"u8.ToArray(), 0, "image/gif", MediaType.Image),
        ("BM"u8.ToArray(), 0, "image/bmp", MediaType.Image),
        ("WEBP"u8.ToArray(), 8, "image/webp", MediaType.Image),
        ([0x49, 0x49, 0x2A, 0x00], 0, "image/tiff", MediaType.Image),
        ([0x4D, 0x4D, 0x00, 0x2A], 0, "image/tiff", MediaType.Image),
        ("ftypheic"u8.ToArray(), 4, "image/heic", MediaType.Image),
        ("ftypmif1"u8.ToArray(), 4, "image/heif", MediaType.Image),
        ("ftypqt"u8.ToArray(), 4, "video/quicktime", MediaType.Video),
        ("ftyp"u8.ToArray(), 4, "video/mp4", MediaType.Video),
        ("WAVE"u8.ToArray(), 8, "audio/wav", MediaType.Audio),
        ("ID3"u8.ToArray(), 0, "audio/mpeg", MediaType.Audio),
        ([0xFF, 0xFB], 0, "audio/mpeg", MediaType.Audio),
        ([0xFF, 0xF3], 0, "audio/mpeg", MediaType.Audio),
        ([0xFF, 0xF2], 0, "audio/mpeg", MediaType.Audio),
    ];

    /// <summary>Everything but an address: http(s), data and asset references go to the provider as they are.</summary>
    public static bool IsLocal(string reference) =>
        !(reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
          || (Uri.TryCreate(reference, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" or "asset"));

    /// <summary>The file behind a reference, or why it cannot be used. The name proves nothing, so the first bytes decide.</summary>
    public static (LocalMedia? Media, string? Wrong) Read(string path, MediaType type)
    {
        try
        {
            byte[] head = new byte[16];
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            int read = file.Read(head, 0, head.Length);
            foreach (var (magic, offset, contentType, kind) in s_signatures)
            {
                if (kind == type && read >= offset + magic.Length && head.AsSpan(offset, magic.Length).SequenceEqual(magic))
                {
                    return (new LocalMedia(path, type, contentType, file.Length), null);
                }
            }

            return (null, "the file " + path + (file.Length == 0 ? " is empty" : " is no " + type.ToString().ToLowerInvariant() + " that a provider takes"));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "the file " + path + " does not exist");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, "the file " + path + " cannot be read (" + error.Message + ")");
        }
    }

    /// <summary>Each reference of a request with the sort of media that its place asks for.</summary>
    public static IEnumerable<(string Reference, MediaType Type)> References(VideoRequest request)
    {
        IEnumerable<string> images = new[] { request.Image, request.LastFrame }.OfType<string>().Concat(request.ReferenceImages);
        return images.Select(image => (image, MediaType.Image))
            .Concat(request.ReferenceVideos.Select(video => (video, MediaType.Video)))
            .Concat(request.ReferenceAudios.Select(audio => (audio, MediaType.Audio)));
    }

    /// <summary>The request with each reference replaced.</summary>
    public static VideoRequest Replace(VideoRequest request, Func<string, string> replace) => request with
    {
        Image = request.Image is { } image ? replace(image) : null,
        LastFrame = request.LastFrame is { } last ? replace(last) : null,
        ReferenceImages = [.. request.ReferenceImages.Select(replace)],
        ReferenceVideos = [.. request.ReferenceVideos.Select(replace)],
        ReferenceAudios = [.. request.ReferenceAudios.Select(replace)],
    };
}

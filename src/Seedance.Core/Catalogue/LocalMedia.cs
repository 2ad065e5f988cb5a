using Seedance.Media;
using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>A local file that a request refers to, and whether it is what its place asks for.</summary>
internal sealed record LocalMedia(string Path, MediaType Type, string ContentType, long Length)
{
    /// <summary>Everything but an address: http(s), data and asset references go to the provider as they are.</summary>
    public static bool IsLocal(string reference)
    {
        string bare = Unquoted(reference);
        return !(bare.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(bare, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" or "asset"));
    }

    /// <summary>A reference without the quotes that a file manager puts around a copied path, and the path where it is a file's address.</summary>
    public static string PathOf(string reference)
    {
        string bare = Unquoted(reference);
        return bare.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(bare, UriKind.Absolute, out Uri? address) ? address.LocalPath : bare;
    }

    /// <summary>The file behind a reference, or why it cannot be used. The name proves nothing, so the first bytes decide.</summary>
    public static (LocalMedia? Media, string? Wrong) Read(string path, MediaType type)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            MediaFormat? format = MediaSniffer.Of(file);
            string wanted = type.ToString().ToLowerInvariant();
            string? wrong = file.Length == 0 ? " is empty"
                : format is null ? " is no " + wanted + " that a provider takes"
                : format.Type != type ? " is " + format.Name + " and no " + wanted
                : format.IsUploaded ? null
                : " is " + format.Name + ", which no provider takes";
            return wrong is null ? (new LocalMedia(path, type, format!.ContentType, file.Length), null) : (null, "the file " + path + wrong);
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

    private static string Unquoted(string reference)
    {
        string bare = reference.Trim();
        return bare.Length > 1 && bare[0] is '"' or '\'' && bare[bare.Length - 1] == bare[0] ? bare.Substring(1, bare.Length - 2) : bare;
    }
}

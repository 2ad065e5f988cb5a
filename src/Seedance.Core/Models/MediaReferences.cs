namespace Seedance.Models;

/// <summary>The three sorts of reference.</summary>
internal enum MediaType
{
    Image,
    Video,
    Audio,
}

/// <summary>The media that a request refers to, by what the references say: nothing is opened.</summary>
internal static class MediaReferences
{
    /// <summary>Everything but an address: http(s), data and asset references go to the provider as they are.</summary>
    public static bool IsLocal(string reference)
    {
        string bare = Unquoted(reference);
        return !(bare.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(bare, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" or "asset"));
    }

    /// <summary>
    /// A reference without the quotes that a file manager puts around a copied path, and the path where it is a file's address.
    /// </summary>
    public static string PathOf(string reference)
    {
        string bare = Unquoted(reference);
        return bare.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(bare, UriKind.Absolute, out Uri? address)
            ? address.LocalPath
            : bare;
    }

    /// <summary>Each reference of a request with the sort of media that its place asks for.</summary>
    public static IEnumerable<(string Reference, MediaType Type)> Of(VideoRequest request)
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

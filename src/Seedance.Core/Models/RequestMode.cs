namespace Seedance.Models;

/// <summary>The mode that follows from the media of a request.</summary>
internal static class RequestMode
{
    public static GenerationMode Of(VideoRequest request)
    {
        if (request.ReferenceImages.Count + request.ReferenceVideos.Count + request.ReferenceAudios.Count > 0)
        {
            return GenerationMode.Reference;
        }

        return (request.Image, request.LastFrame) switch
        {
            (null, null) => GenerationMode.TextToVideo,
            (_, null) => GenerationMode.ImageToVideo,
            _ => GenerationMode.FirstLastFrame,
        };
    }
}

using Seedance.Wire;

namespace Seedance.Records;

/// <summary>
/// The stored form of a request. It is hashed into the tokens by which a request is known again: an existing field keeps its place and
/// form.
/// </summary>
internal static class RequestDocument
{
    public static string Write(VideoRequest request) => Encoding.UTF8.GetString(DocumentWriter.Write(request, Fields));

    public static VideoRequest Read(WireNode node) => Fields(new DocumentReader(node), new VideoRequest());

    public static VideoRequest Fields(DocumentFields document, VideoRequest request) => new()
    {
        Prompt = document.Text("prompt", request.Prompt) ?? string.Empty,
        Model = document.Text("model", request.Model),
        Image = document.Text("image", request.Image),
        LastFrame = document.Text("lastFrame", request.LastFrame),
        ReferenceImages = document.Texts("referenceImages", request.ReferenceImages),
        ReferenceVideos = document.Texts("referenceVideos", request.ReferenceVideos),
        ReferenceAudios = document.Texts("referenceAudios", request.ReferenceAudios),
        DurationSeconds = document.Integer("durationSeconds", request.DurationSeconds),
        Resolution = document.Text("resolution", request.Resolution),
        AspectRatio = document.Text("aspectRatio", request.AspectRatio),
        GenerateAudio = document.Flag("generateAudio", request.GenerateAudio),
        Seed = document.Long("seed", request.Seed),
        CameraFixed = document.Flag("cameraFixed", request.CameraFixed),
        HighBitrate = document.Flag("highBitrate", request.HighBitrate),
        Upscale = document.Text("upscale", request.Upscale),
        CallbackUri = document.Address("callbackUri", request.CallbackUri),
        Sandbox = document.Switch("sandbox", request.Sandbox),
        Options = document.Options("options", request.Options),
    };
}

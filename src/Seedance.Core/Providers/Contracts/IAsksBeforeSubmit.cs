using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host whose submit depends on something that only it knows, such as the inputs of a saved workflow.</summary>
internal interface IAsksBeforeSubmit
{
    /// <summary>The question for this request; null when there is nothing to ask.</summary>
    WireRequest? BuildQuestion(VideoRequest request, SeedanceModel model);

    /// <summary>Reads a 2xx into the request; a throw is the user's error, before anything is spent.</summary>
    VideoRequest ReadAnswer(VideoRequest request, SeedanceModel model, WireResponse response);
}

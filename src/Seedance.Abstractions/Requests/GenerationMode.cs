namespace Seedance;

/// <summary>What a generation starts from; follows from the media of a request, never chosen by hand.</summary>
public enum GenerationMode
{
    /// <summary>A prompt alone.</summary>
    TextToVideo,

    /// <summary>A prompt and a first frame.</summary>
    ImageToVideo,

    /// <summary>A prompt, a first and a last frame.</summary>
    FirstLastFrame,

    /// <summary>A prompt and reference images, videos or audio.</summary>
    Reference,

    /// <summary>Continues an existing video.</summary>
    Extend,

    /// <summary>Changes an existing video.</summary>
    Edit,
}

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>Where Muapi's poll answer has the video's url; its documents disagree (Muapi sheet, section 6, 2026-09).</summary>
public enum MuapiOutputShape
{
    /// <summary><c>outputs[0]</c>, a string (API reference).</summary>
    Outputs,

    /// <summary><c>outputs[0].url</c>.</summary>
    OutputsOfObjects,

    /// <summary><c>output.video</c> (Seedance 2.1 guide).</summary>
    OutputVideo,

    /// <summary><c>output</c>, a string (Seedance 2 Mini guide).</summary>
    OutputString,

    /// <summary><c>output.outputs[0]</c> (clients in the wild).</summary>
    OutputOutputs,

    /// <summary><c>output[0]</c> (Seedance 2.5 SDK).</summary>
    OutputArray,

    /// <summary><c>video.url</c> (Seedance 2.5 SDK).</summary>
    VideoUrl,

    /// <summary><c>url</c> (Seedance 2.5 SDK).</summary>
    Url,
}

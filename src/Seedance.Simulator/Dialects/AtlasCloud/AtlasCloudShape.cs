namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>How Atlas Cloud wraps what it says; its schemas and pages disagree (Atlas Cloud sheet, sections 4 and 5, 2026-09).</summary>
public enum AtlasCloudShape
{
    /// <summary><c>{code, message, data}</c>, errors as <c>{code, msg}</c> (the vendor's server and newer schemas).</summary>
    Envelope,

    /// <summary>The inner object alone, errors as <c>{error}</c> (the schemas of Seedance 2.0 and 1.5).</summary>
    Bare,

    /// <summary><c>data.predictionId</c> instead of <c>data.id</c> at submit, errors as <c>{code, message}</c> (an older page).</summary>
    PredictionId,
}

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>Where Muapi's submit answer has the job's id; its documents disagree (Muapi sheet, section 6, 2026-09).</summary>
public enum MuapiIdField
{
    /// <summary><c>request_id</c> (API reference, Seedance 2.1 guide).</summary>
    RequestId,

    /// <summary><c>id</c> (Seedance 2 Mini guide).</summary>
    Id,

    /// <summary><c>data.request_id</c> (inferred).</summary>
    DataRequestId,
}

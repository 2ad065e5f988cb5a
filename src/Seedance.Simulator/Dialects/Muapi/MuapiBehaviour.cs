namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>How the simulated Muapi behaves where its documents leave room.</summary>
public sealed record MuapiBehaviour : IHostBehaviour
{
    /// <summary>Where Muapi's poll answer has the url.</summary>
    public MuapiOutputShape OutputShape { get; init; }

    /// <summary>Where Muapi's submit answer has the id.</summary>
    public MuapiIdField IdField { get; init; }

    /// <summary>
    /// Takes what the vendor's CLI 0.2.7 sends and no page shows: <c>webhook_url</c> in the body, and <c>images_list</c> for the first
    /// frame of 1.x. Off, which refuses and costs nothing.
    /// </summary>
    public bool SpeaksCli { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>How the simulated Muapi behaves where its documents leave room.</summary>
public sealed record MuapiBehaviour : IHostBehaviour
{
    /// <summary>Where Muapi's poll answer has the url.</summary>
    public MuapiOutputShape OutputShape { get; init; }

    /// <summary>Where Muapi's submit answer has the id.</summary>
    public MuapiIdField IdField { get; init; }

    /// <inheritdoc/>
    public string? FindFault() => null;
}

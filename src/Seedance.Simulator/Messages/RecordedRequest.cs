namespace Seedance.Simulator.Messages;

/// <summary>A request as it was received.</summary>
public sealed record RecordedRequest(
    SimulatorRequestKind Kind,
    string Method,
    string PathAndQuery,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset At);

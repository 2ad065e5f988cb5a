namespace Seedance.Simulator.Messages;

/// <summary>One call to the address that a request named.</summary>
public sealed record SimulatorCallback(
    string Dialect, string TaskId, Uri Address, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At)
{
    /// <summary>The script made it up: it lies about the job.</summary>
    public bool IsForged { get; init; }

    /// <summary>What the receiver answered; 0 where nothing came in time.</summary>
    public int Status { get; init; }
}

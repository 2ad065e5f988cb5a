using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator;

/// <summary>What an engine has done so far.</summary>
public sealed record SimulatorCounts
{
    /// <summary>Jobs accepted, by dialect.</summary>
    public required IReadOnlyDictionary<string, int> Accepted { get; init; }

    /// <summary>Jobs accepted by all dialects.</summary>
    public int AcceptedTotal => Accepted.Values.Sum();

    /// <summary>Requests that a host would refuse (4xx without a scripted fault).</summary>
    public int Refused { get; init; }

    /// <summary>The refused ones by status.</summary>
    public required IReadOnlyDictionary<int, int> RefusedByStatus { get; init; }

    /// <summary>Requests by what they are for; every kind is present.</summary>
    public required IReadOnlyDictionary<SimulatorRequestKind, int> Requests { get; init; }

    /// <summary>Scripted faults that had an effect.</summary>
    public required IReadOnlyDictionary<SimulatorFaultKind, int> FaultsFired { get; init; }

    /// <summary>Bytes of media bodies handed to the doors.</summary>
    public long BytesServed { get; init; }

    /// <summary>Media requests that carried a key, which no media host may see.</summary>
    public int KeyLeaks { get; init; }

    /// <summary>How often faults of <paramref name="kind"/> fired.</summary>
    public int Fired(SimulatorFaultKind kind) => FaultsFired.TryGetValue(kind, out int count) ? count : 0;
}

using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>What a host answered to a poll: an update, an error inside a 2xx, or the next message to send for the answer.</summary>
internal sealed record PollReading
{
    public JobUpdate? Update { get; init; }

    public WireError? Error { get; init; }

    /// <summary>Hosts that keep status and result apart: ask this too, and read it with the same method.</summary>
    public WireRequest? FollowUp { get; init; }

    /// <summary>An error status in answer to <see cref="FollowUp"/> tells how the job ended: it is read like a 2xx.</summary>
    public bool FollowUpMayRefuse { get; init; }

    public IReadOnlyDictionary<string, string>? Notes { get; init; }
}

using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that can end a job before it is done.</summary>
internal interface ICancelsJobs
{
    /// <summary>
    /// True where only a queued job can be cancelled and the same message would erase a finished one (Ark): ask for the status first.
    /// </summary>
    bool OnlyWhileQueued { get; }

    WireRequest BuildCancel(ProviderJob job);

    /// <summary>Reads a 2xx: null when the job is cancelled or will be, else why not.</summary>
    WireError? ReadCancel(WireResponse response);
}

namespace Seedance.Transport;

/// <summary>What a call is for; decides its timeout, its connection and whether it may be repeated.</summary>
internal enum CallKind
{
    /// <summary>Spends money: never repeated unless it surely did not arrive, and always on a connection of its own.</summary>
    Submit,

    /// <summary>Asks for a job, or to cancel it, once; the wait decides about the next time.</summary>
    Poll,

    /// <summary>A question that may be repeated: balance, listing, estimate.</summary>
    Query,

    /// <summary>Sends a local file; costs nothing and may be repeated.</summary>
    Upload,

    /// <summary>Fetches a video from a media host; goes on where it was cut.</summary>
    Download,
}

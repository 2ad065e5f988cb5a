namespace Seedance.Providers;

/// <summary>A host whose documents disagree about where a job is asked for.</summary>
internal interface IPollsSeveralRoutes
{
    /// <summary>
    /// Where to ask after "not found": the message, and the notes that make it the first one next time, kept if it is answered. Null when
    /// no place is left.
    /// </summary>
    /// <param name="job">The job with the notes it had before this poll.</param>
    /// <param name="asked">Places asked by now; at least 1.</param>
    PollReading? AskElsewhere(ProviderJob job, int asked);
}

namespace Seedance.Providers;

/// <summary>A host whose documents disagree about where a job is asked for.</summary>
internal interface IPollsSeveralRoutes
{
    /// <summary>
    /// Where to ask after "not found": the message, and the notes that make it the first one next time, kept if it is answered. Null when
    /// no place is left. The job has the notes from before this poll; <paramref name="asked"/> counts the places asked by now, at least 1.
    /// </summary>
    PollReading? AskElsewhere(ProviderJob job, int asked);
}

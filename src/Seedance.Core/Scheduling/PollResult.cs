using System;
using Seedance.Store;

namespace Seedance.Scheduling;

/// <summary>What one poll brought.</summary>
/// <param name="Stored">The job as it now stands.</param>
/// <param name="Fatal">Why asking again is pointless.</param>
/// <param name="Trouble">Why nothing was learnt this time; the wait goes on.</param>
/// <param name="Pause">How long the provider wants to be left alone by everyone.</param>
/// <param name="NextPoll">When it says that asking for this job makes sense.</param>
/// <param name="UnknownWord">A status that this version does not know.</param>
internal sealed record PollResult(
    StoredJob Stored,
    SeedanceException? Fatal = null,
    SeedanceException? Trouble = null,
    TimeSpan? Pause = null,
    TimeSpan? NextPoll = null,
    string? UnknownWord = null);

using System;
using System.Collections.Generic;
using Seedance.Accounts;
using Seedance.Store;

namespace Seedance.Scheduling;

/// <summary>A job that somebody waits for. Guarded by the scheduler's lock.</summary>
internal sealed class Watch(StoredJob stored, Account account, ExpectedTime expected, long order)
{
    public StoredJob Stored { get; set; } = stored;

    public Account Account { get; } = account;

    public ExpectedTime Expected { get; } = expected;

    /// <summary>Breaks ties, so that the queue holds every watch once.</summary>
    public long Order { get; } = order;

    public DateTimeOffset Due { get; set; }

    /// <summary>Polls in a row that brought nothing.</summary>
    public int Troubles { get; set; }

    /// <summary>Polls in a row that brought success without a file.</summary>
    public int Empty { get; set; }

    public List<IJobListener> Listeners { get; } = [];
}

/// <summary>Hears of a job from the scheduler's threads; must return at once and never throw.</summary>
internal interface IJobListener
{
    /// <summary>The job is as this says; it may have ended.</summary>
    void Heard(PollResult result);

    /// <summary>Where the wire detail of its polls goes.</summary>
    IOperationOutput Log { get; }
}

using Seedance.Accounts;
using Seedance.Durations;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>A job that somebody waits for. Guarded by the scheduler's lock.</summary>
internal sealed class Watch(StoredJob stored, Account account, CompletionModel model, PollQueue lane, JobAge age, long order)
{
    public StoredJob Stored { get; set; } = stored;

    public Account Account { get; } = account;

    public CompletionModel Model { get; } = model;

    public PollQueue Lane { get; } = lane;

    public JobAge Age { get; } = age;

    /// <summary>Breaks ties, so that the queue holds every watch once.</summary>
    public long Order { get; } = order;

    public TimeSpan Due { get; set; }

    /// <summary>Polls in a row that brought nothing.</summary>
    public int Troubles { get; set; }

    /// <summary>Answers in a row of the kind <see cref="Gap"/>.</summary>
    public int Gaps { get; set; }

    public PollGap Gap { get; set; }

    /// <summary>Lists in a row that did not name it.</summary>
    public int Unlisted { get; set; }

    /// <summary>The next question is about this job alone.</summary>
    public bool AskAlone { get; set; }

    public List<IJobListener> Listeners { get; } = new(1);
}

/// <summary>Hears of a job from the scheduler's threads; must return at once and never throw.</summary>
internal interface IJobListener
{
    /// <summary>The job is as this says; it may have ended.</summary>
    void Heard(PollResult result);

    /// <summary>Where the wire detail of its polls goes.</summary>
    IOperationOutput Log { get; }
}

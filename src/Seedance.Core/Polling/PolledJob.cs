using Seedance.Accounts;
using Seedance.Durations;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>A job that is polled for whoever waits for it. Guarded by the scheduler's lock.</summary>
internal sealed class PolledJob(StoredJob stored, Account account, CompletionModel model, PollQueue queue, JobTimer timer, long order)
{
    public StoredJob Stored { get; set; } = stored;

    public Account Account { get; } = account;

    public CompletionModel Model { get; } = model;

    public PollQueue Queue { get; } = queue;

    public JobTimer Timer { get; } = timer;

    /// <summary>Breaks ties, so that the queue holds every job once.</summary>
    public long Order { get; } = order;

    public TimeSpan Due { get; set; }

    /// <summary>Polls in a row that brought nothing.</summary>
    public int Failures { get; set; }

    /// <summary>Answers in a row of the kind <see cref="Suspect"/>.</summary>
    public int TimesSuspect { get; set; }

    public SuspectAnswer Suspect { get; set; }

    /// <summary>Lists in a row that did not name it.</summary>
    public int TimesUnlisted { get; set; }

    /// <summary>The next question is about this job alone.</summary>
    public bool AskAlone { get; set; }

    public List<IJobObserver> Observers { get; } = new(1);
}

/// <summary>Hears of a job from the scheduler's threads; must return at once and never throw.</summary>
internal interface IJobObserver
{
    /// <summary>The job is as this says; it may have ended.</summary>
    void OnPolled(PollOutcome outcome);

    /// <summary>Where the wire detail of its polls goes.</summary>
    IOperationOutput Log { get; }
}

using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Media;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Endpoints;

/// <summary>One request on its way through an endpoint: what it may ask of the engine while it answers.</summary>
internal sealed class SimulatorCall(
    SimulatorRequest request,
    string path,
    SimulatorRequestKind kind,
    RequestFaults faults,
    EngineState state)
{
    public SimulatorRequest Request => request;

    /// <summary>The answer has a head only.</summary>
    public bool IsHead => request.Method == "HEAD";

    /// <summary>The path below the endpoint's prefix, beginning with a slash.</summary>
    public string Path => path;

    public SimulatorRequestKind Kind => kind;

    public RequestFaults Faults => faults;

    public SimulatorOptions Options => state.Options;

    public DateTimeOffset Now { get; } = state.Options.Time.GetUtcNow();

    public bool Accepted { get; private set; }

    /// <summary>Until when the answer is held back, and what it is then; null for one that is given at once.</summary>
    public (DateTimeOffset Until, Func<SimulatorResponse> Answer)? Held { get; private set; }

    /// <summary>
    /// Answers once the job has ended, or that time has passed; until then <paramref name="now"/> stands for the answer that a fault may
    /// bend.
    /// </summary>
    public SimulatorResponse HoldUntilEnd(SimulatorTask task, TimeSpan atMost, SimulatorResponse now, Func<SimulatorResponse> answer)
    {
        DateTimeOffset latest = Now + atMost;
        DateTimeOffset end = state.Tasks.EndOf(task);
        DateTimeOffset until = task.Outcome == SimulatorTaskOutcome.NeverEnds || end > latest ? latest : end;
        if (until <= Now)
        {
            return answer();
        }

        Held = (until, answer);
        return now;
    }

    /// <summary>Books a job whose request was found right; the verdict says what stands in the way, if anything.</summary>
    public AcceptVerdict Accept(IDialect dialect, SimulatorTask asked)
    {
        SimulatorTask task = PromptDirectives.Apply(asked with
        {
            Dialect = dialect.Name,
            AcceptedAt = UnixTime.Cut(Now),
            QueueTime = state.Options.QueueTime,
            RunTime = state.Options.RunTime,
            MediaBytes = state.Options.MediaBytes,
            UrlLifetime = state.Options.UrlLifetime,
        });
        int concurrency = state.Options.Concurrency > 0 ? state.Options.Concurrency : dialect.Concurrency;
        AcceptVerdict verdict = state.Tasks.Accept(task, StartBalance(dialect), concurrency, booked => Complete(dialect, booked));
        Accepted = verdict.Task is not null;
        if (verdict.Task is { } accepted && dialect is ICallsBack calls
            && Uri.TryCreate(calls.CallbackAddress(accepted), UriKind.Absolute, out Uri? address))
        {
            state.Callbacks.Follow(new CallbackPlan(
                accepted, address, calls.Callbacks, at => calls.Tells(accepted, at), (at, isForged) =>
                    calls.SpellCallback(EventOf(accepted, at, isForged))));
        }

        return verdict;
    }

    public SimulatorTask? Find(IDialect dialect, string id) => state.Tasks.Find(dialect.Name, id);

    /// <summary>
    /// The job as this poll shows it; only a poll's answer may be bent by a poll's faults, and only by those that it can show.
    /// <paramref name="hasWord"/> where the answer has a status, <paramref name="hasUrl"/> where it has a url once the job has succeeded.
    /// </summary>
    public TaskView View(SimulatorTask task, bool hasWord = true, bool hasUrl = true)
    {
        TaskView view = Peek(task);
        if (view.State == SimulatorTaskState.Succeeded && hasUrl && !(kind == SimulatorRequestKind.Poll && faults.HidesUrl()))
        {
            view = view with { Url = UrlOf(task) };
        }

        return kind == SimulatorRequestKind.Poll && hasWord && faults.Fire(SimulatorFaultKind.UnknownStatus) is { } unknown
            ? view with { Word = unknown.Text ?? "reticulating" }
            : view;
    }

    /// <summary>Where the video is, or will be once its job has ended.</summary>
    public string UrlOf(SimulatorTask task) =>
        new Uri(request.Origin,
            (task.MediaWantsBrowser ? MediaEndpoint.BrowserPath : MediaEndpoint.PlainPath) + MediaToken.Of(task, task.EndsAt)).AbsoluteUri;

    public SimulatorTaskState StateOf(SimulatorTask task) => state.Tasks.StateOf(task);

    /// <summary>The job as the host itself knows it, whatever a fault would show.</summary>
    public TaskView Peek(SimulatorTask task)
    {
        SimulatorTaskState now = state.Tasks.StateOf(task);
        return new TaskView(task, now, Progress(task, now),
            now is SimulatorTaskState.Queued or SimulatorTaskState.Running ? null : state.Tasks.EndOf(task));
    }

    public bool Cancel(SimulatorTask task)
    {
        bool cancelled = state.Tasks.Cancel(task);
        state.Callbacks.Cancelled(task);
        return cancelled;
    }

    public void Forget(SimulatorTask task) => state.Tasks.Forget(task);

    public (decimal Total, decimal Available) Balance(IDialect dialect, string key) =>
        state.Tasks.Balance(dialect.Name, key, StartBalance(dialect));

    public IReadOnlyList<SimulatorTask> Newest(IDialect dialect, int count) => state.Tasks.Newest(dialect.Name, count);

    /// <summary>Notes what was uploaded and returns the url it would have.</summary>
    public string Upload(IDialect dialect, string? fileName, string contentType, ReadOnlyMemory<byte> content)
    {
        string url = new Uri(request.Origin, "/uploads/" + state.Entropy.NextHex()).AbsoluteUri;
        state.Uploads.Add(dialect.Name, url, fileName, contentType, content);
        return url;
    }

    /// <summary>What was uploaded to this host, newest first.</summary>
    public IEnumerable<SimulatorUpload> Uploads(IDialect dialect) =>
        state.Uploads.Snapshot().Where(upload => upload.Dialect == dialect.Name).Reverse();

    public bool RemoveUpload(SimulatorUpload upload) => state.Uploads.Remove(upload);

    public bool KeyIsRight(string? key) =>
        !string.IsNullOrEmpty(key) && (state.Options.RequiredKey is null || key == state.Options.RequiredKey);

    /// <summary>A forged call has the other end, and a file that is nobody's.</summary>
    private CallbackEvent EventOf(SimulatorTask task, SimulatorTaskState at, bool isForged)
    {
        SimulatorTaskState told = !isForged ? at : at == SimulatorTaskState.Succeeded
            ? SimulatorTaskState.Failed
            : SimulatorTaskState.Succeeded;
        string? url = told != SimulatorTaskState.Succeeded ? null : isForged ? "http://127.0.0.1:9/forged.mp4" : UrlOf(task);
        bool ended = told is not (SimulatorTaskState.Queued or SimulatorTaskState.Running);
        TaskView view = new(
            task, told, told == SimulatorTaskState.Succeeded ? 100 : 0, ended ? state.Tasks.EndOf(task) : null) { Url = url };
        return new CallbackEvent(view, request.Origin, state.Options.Time.GetUtcNow(), isForged, state.Options);
    }

    private decimal StartBalance(IDialect dialect) => state.Options.Balance ?? dialect.StartBalance;

    private SimulatorTask Complete(IDialect dialect, SimulatorTask task)
    {
        if (faults.Fire(SimulatorFaultKind.JobFails) is { } fails)
        {
            task = task with { Outcome = SimulatorTaskOutcome.HostError, FailureText = fails.Text };
        }
        else if (faults.Fire(SimulatorFaultKind.JobNeverEnds) is not null)
        {
            task = task with { Outcome = SimulatorTaskOutcome.NeverEnds };
        }

        task = task with { Seed = task.Seed >= 0 ? task.Seed : (long)(state.Entropy.Next() & int.MaxValue) };
        return task with { Id = dialect.NewId(task, state.Entropy.Next()) };
    }

    private int Progress(SimulatorTask task, SimulatorTaskState at) => at switch
    {
        SimulatorTaskState.Succeeded => 100,
        SimulatorTaskState.Running =>
            (int)Math.Min(99, 100 * (Now - task.AcceptedAt - task.QueueTime).Ticks / Math.Max(1, task.RunTime.Ticks)),
        _ => 0,
    };
}

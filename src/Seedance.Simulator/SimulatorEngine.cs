using Seedance.Simulator.Dialects;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator;

/// <summary>The simulated hosts behind both doors. Safe to use from many threads.</summary>
public sealed class SimulatorEngine
{
    private readonly object _gate = new();
    private readonly EngineState _state;
    private readonly FaultScript _script;
    private readonly MediaEndpoint _media = new();
    private readonly RequestBucket _bucket;
    private readonly Dictionary<string, IEndpoint> _endpoints;
    private readonly UnknownEndpoint _unknown;
    private readonly Dictionary<int, int> _refused = [];
    private readonly List<RecordedRequest> _requests = [];

    /// <summary>Starts with no jobs and full accounts.</summary>
    public SimulatorEngine(SimulatorOptions options)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        if (OptionRules.Problem(options) is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        _script = new FaultScript(options.Faults);
        _state = new EngineState(options, _script);
        _bucket = new RequestBucket(options.RequestsPerSecond, options.Time);
        _endpoints = DialectRegistry.All.Append<IEndpoint>(_media).ToDictionary(endpoint => endpoint.Prefix, StringComparer.Ordinal);
        _unknown = new UnknownEndpoint(string.Join(", ", DialectRegistry.All.Select(dialect => "/" + dialect.Prefix)));
    }

    /// <summary>How the hosts behave.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Every accepted job, oldest first.</summary>
    public IReadOnlyList<SimulatorTask> Tasks => _state.Tasks.Snapshot();

    /// <summary>Every uploaded file, oldest first.</summary>
    public IReadOnlyList<SimulatorUpload> Uploads => _state.Uploads.Snapshot();

    /// <summary>Every call to an address that a request named, in the order in which they were over.</summary>
    public IReadOnlyList<SimulatorCallback> Callbacks => _state.Callbacks.Sent;

    /// <summary>Every request as received, oldest first; empty unless <see cref="SimulatorOptions.RecordRequests"/> is set.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers one request. Only a scripted delay waits; the request has had its effect before that.</summary>
    public async Task<SimulatorResponse> HandleAsync(SimulatorRequest request, CancellationToken stop)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        stop.ThrowIfCancellationRequested();
        (IEndpoint endpoint, string path) = Route(request.Path);
        SimulatorRequestKind kind = endpoint.Classify(request.Method, path);
        Record(request, kind);
        if (endpoint == _media)
        {
            _media.CountLeak(request);
        }

        RequestFaults faults = _script.Begin(kind);
        TimeSpan wait = endpoint == _media ? TimeSpan.Zero : _bucket.Take();
        SimulatorCall call = new(request, path, kind, faults, _state);
        SimulatorResponse response = wait > TimeSpan.Zero ? Throttle(endpoint, wait) : Answer(endpoint, call);
        if (call.Held is { } held && response.Status is >= 200 and < 300 && !response.Reset)
        {
            await Options.Time.UntilAsync(held.Until, stop).ConfigureAwait(false);
            response = held.Answer();
        }

        response.HeadOnly = request.Method == "HEAD";
        if (faults.Fire(SimulatorFaultKind.Delay) is { } delay)
        {
            await Options.Time.After(delay.Delay, stop).ConfigureAwait(false);
        }

        return response.With("X-Seedance-Simulator", "1").With("Date", HttpDate.Of(Options.Time.GetUtcNow()));
    }

    /// <summary>What happened so far.</summary>
    public SimulatorCounts Snapshot()
    {
        lock (_gate)
        {
            return new SimulatorCounts
            {
                Accepted = _state.Tasks.CountByDialect(),
                Refused = _refused.Values.Sum(),
                RefusedByStatus = new Dictionary<int, int>(_refused),
                Requests = _script.RequestsByKind(),
                FaultsFired = _script.FiredByKind(),
                BytesServed = _media.BytesServed,
                KeyLeaks = _media.KeyLeaks,
            };
        }
    }

    /// <summary>Calls nobody any more who waits to hear of a job.</summary>
    internal void StopCallbacks() => _state.Callbacks.Stop();

    private (IEndpoint Endpoint, string Path) Route(string path)
    {
        int slash = path.IndexOf('/', Math.Min(1, path.Length));
        string prefix = (slash < 0 ? path : path.Substring(0, slash)).TrimStart('/');
        return _endpoints.TryGetValue(prefix, out IEndpoint? endpoint)
            ? (endpoint, slash < 0 ? "/" : path.Substring(slash))
            : (_unknown, path);
    }

    private SimulatorResponse Answer(IEndpoint endpoint, SimulatorCall call)
    {
        if (FaultedAnswer.InsteadOf(endpoint, call) is { } instead)
        {
            return instead;
        }

        SimulatorResponse meant = endpoint.Answer(call);
        if (meant.Status is >= 400 and < 500)
        {
            CountRefused(meant.Status);
        }

        // What goes wrong after acceptance needs an acceptance: a refused submit is answered as the host would.
        SimulatorResponse sent = call.Kind == SimulatorRequestKind.Submit && !call.Accepted
            ? meant
            : FaultedAnswer.From(endpoint, call, meant);
        if (call.Kind == SimulatorRequestKind.Media && !call.IsHead && !sent.Reset)
        {
            _media.CountServed(sent.CutAfter ?? sent.Body.Length);
        }

        return sent;
    }

    private SimulatorResponse Throttle(IEndpoint endpoint, TimeSpan wait)
    {
        CountRefused(429);
        return endpoint.Refuse(429, "Too many requests")
            .With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
    }

    private void CountRefused(int status)
    {
        lock (_gate)
        {
            _refused[status] = (_refused.TryGetValue(status, out int count) ? count : 0) + 1;
        }
    }

    private void Record(SimulatorRequest request, SimulatorRequestKind kind)
    {
        if (!Options.RecordRequests)
        {
            return;
        }

        string target = request.Query.Length == 0 ? request.Path : $"{request.Path}?{request.Query}";
        lock (_gate)
        {
            _requests.Add(new RecordedRequest(kind, request.Method, target, request.Headers, request.Body, Options.Time.GetUtcNow()));
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Records;

namespace Seedance.Jobs.Callbacks;

/// <summary>
/// Takes callbacks as they come, and believes of each only which job is meant. The job's provider is asked at most once a second for each
/// job that is known here, and never for any other: whoever floods the address learns nothing and costs nothing.
/// </summary>
internal sealed class ReceiveCallbacks(SeedanceServices services, JobLookup lookup) : IDisposable
{
    private const int Askers = 4;
    private const int MostWaiting = 10_000; // Names that were not looked up yet; beyond that calls are dropped, and polling is the net.
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(3);

    private readonly ReceiveCallback _receive = new(services, lookup);
    private readonly EarlyCallbacks _early = new(services.Time);
    private readonly ConcurrentDictionary<string, KnownJob> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(IReadOnlyList<CallbackName> Names, string Sum)> _named = new();
    private readonly SemaphoreSlim _toLookUp = new(0);
    private readonly ConcurrentQueue<KnownJob> _news = new();
    private readonly SemaphoreSlim _signal = new(0);
    private long _ignored;
    private volatile bool _ended;

    /// <summary>Until it is stopped or the time is up. Writes each job once, when it has ended.</summary>
    public async Task RunAsync(CallbackListener listener, ReceiveOptions options, IOperationOutput output, CancellationToken stop)
    {
        using CancellationTokenSource deadline = services.Time.Deadline(options.Timeout);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        output.Verbose("Listening at " + listener.Address + ".");
        Task[] work =
        [
            listener.RunAsync(
                callback => Take(callback with { Secret = options.Secret, Provider = options.Provider }, output), ended.Token),
            LookUpAsync(options, output, ended.Token),
            _early.RunAsync(names => KnowAsync(names, sum: string.Empty, options, output, ended.Token), ended.Token),
            .. Enumerable.Range(0, Askers).Select(_ => AskAsync(output, ended.Token)),
        ];
        await Task.WhenAll(work).ConfigureAwait(false);
        _ended = true;
        stop.ThrowIfCancellationRequested();
        if (Interlocked.Read(ref _ignored) is > 0 and long count)
        {
            output.Verbose(
                string.Format(CultureInfo.InvariantCulture, "{0} calls named no job of this state folder and had no effect.", count));
        }
    }

    public void Dispose()
    {
        _signal.Dispose();
        _toLookUp.Dispose();
        _early.Dispose();
    }

    /// <summary>On the connection's thread: reads which job is meant, and no more.</summary>
    private void Take(ReceivedCallback callback, IOperationOutput output)
    {
        try
        {
            if (_ended)
            {
                return; // A connection that outlived the command.
            }

            if (_named.Count < MostWaiting)
            {
                IReadOnlyList<CallbackName> names = _receive.Names(callback);
                if (!names.All(name => name.IsProgress))
                {
                    _named.Enqueue((names, Sum(callback.Body)));
                    _toLookUp.Release();
                }

                return;
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, CancellationToken.None))
        {
            output.Debug("A call was ignored: " + error.Message);
        }

        Interlocked.Increment(ref _ignored);
    }

    private async Task LookUpAsync(ReceiveOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _toLookUp.WaitAsync(stop).ConfigureAwait(false);
                if (_named.TryDequeue(out var call)
                    && !await KnowAsync(call.Names, call.Sum, options, output, stop).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref _ignored);
                    output.Debug("A call named no job that is known here: " + ReceiveCallback.Shorten(call.Names[0].Id));
                    _early.Keep(call.Names);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The command has ended.
        }
    }

    /// <summary>Whether a record is there; then its job is asked for, if it is one of those that are listened for.</summary>
    private async Task<bool> KnowAsync(
        IReadOnlyList<CallbackName> names, string sum, ReceiveOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            if (await _receive.LookUpAsync(names, stop).ConfigureAwait(false) is not { } stored)
            {
                return false;
            }

            if (options.Profile is null || string.Equals(options.Profile, stored.Job.Profile, StringComparison.OrdinalIgnoreCase))
            {
                KnownJob job = _jobs.GetOrAdd(stored.Job.Id, id => new KnownJob(id));
                if (job.IsNew(sum))
                {
                    Enqueue(job);
                }
            }

            return true;
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Debug("A call could not be looked up: " + error.Message);
            return false; // A store that is busy now may answer the next look.
        }
    }

    private static string Sum(byte[] body)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(body));
    }

    private void Enqueue(KnownJob job)
    {
        if (!job.IsDone && job.TryQueue())
        {
            _news.Enqueue(job);
            _signal.Release();
        }
    }

    private async Task AskAsync(IOperationOutput output, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(stop).ConfigureAwait(false);
                if (_news.TryDequeue(out KnownJob? job))
                {
                    await AskAsync(job, output, stop).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task AskAsync(KnownJob job, IOperationOutput output, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        if (job.AskedAt is { } before && now - before < job.Pause)
        {
            _ = LaterAsync(job, job.Pause - (now - before), stop);
            return; // It stays queued, so that a flood of calls for it queues nothing more.
        }

        job.Begin(now);
        PollOutcome? result = null;
        try
        {
            if (await services.Store.FindAsync(job.Id, stop).ConfigureAwait(false) is { } stored)
            {
                result = await _receive.AskAsync(stored, output, stop).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Warn("A callback came for " + job.Id + ", and its provider could not be asked: " + error.Message);
        }

        if (result is null or { Error: not null })
        {
            job.Forget();
        }

        if (result?.Stored.Job is { IsFinished: true } done)
        {
            job.IsDone = true;
            output.Write(done);
        }
        else if (job.AskedInVain == 1 && result is not { FatalError: not null })
        {
            _ = AgainAsync(job, stop); // It came before the provider's own records had the end.
        }
    }

    private async Task LaterAsync(KnownJob job, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await services.Time.After(wait, stop).ConfigureAwait(false);
            job.Unqueue();
            Enqueue(job);
        }
        catch (OperationCanceledException)
        {
            // The command has ended.
        }
    }

    private async Task AgainAsync(KnownJob job, CancellationToken stop)
    {
        try
        {
            await services.Time.After(s_again, stop).ConfigureAwait(false);
            Enqueue(job);
        }
        catch (OperationCanceledException)
        {
            // The command has ended.
        }
    }

    /// <summary>A job that a callback has named, and when its provider was asked.</summary>
    private sealed class KnownJob(string id)
    {
        private const int MostHeard = 64;
        private readonly HashSet<string> _heard = new(StringComparer.Ordinal);
        private int _queued;

        public string Id => id;

        public DateTimeOffset? AskedAt { get; private set; }

        /// <summary>Each ends the matter or was in vain.</summary>
        public int AskedInVain { get; private set; }

        /// <summary>
        /// Calls that bring nothing are heard less and less: whoever knows an id cannot make the provider be asked for ever.
        /// </summary>
        public TimeSpan Pause => TimeSpan.FromSeconds(1 << Math.Max(0, Math.Min(AskedInVain - 1, 5)));

        public bool IsDone { get; set; }

        /// <summary>False for a call that was heard before, word for word: what it was worth is known.</summary>
        public bool IsNew(string sum)
        {
            lock (_heard)
            {
                bool hasRoom = _heard.Count < MostHeard;
                return sum.Length == 0 || (hasRoom ? _heard.Add(sum) : !_heard.Contains(sum));
            }
        }

        /// <summary>The provider could not be asked, so nobody knows what the calls were worth.</summary>
        public void Forget()
        {
            lock (_heard)
            {
                _heard.Clear();
            }
        }

        public bool TryQueue() => Interlocked.Exchange(ref _queued, 1) == 0;

        public void Unqueue() => Volatile.Write(ref _queued, 0);

        public void Begin(DateTimeOffset now)
        {
            AskedAt = now;
            AskedInVain++;
            Unqueue();
        }
    }
}

/// <summary>What to listen for, and how long.</summary>
internal sealed record ReceiveOptions
{
    /// <summary>Jobs of this profile alone.</summary>
    public string? Profile { get; init; }

    /// <summary>Whose callbacks they are; null means that each body tells.</summary>
    public string? Provider { get; init; }

    /// <summary>A signing secret; a call that does not fit it is ignored.</summary>
    public string? Secret { get; init; }

    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;
}

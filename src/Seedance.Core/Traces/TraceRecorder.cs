using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Seedance.Store;
using Seedance.Transport;

namespace Seedance.Traces;

/// <summary>
/// Notes what jobs and their providers say to each other. Writing happens behind the exchanges, in their order, and what cannot be written
/// is not worth an error. An answer that says the same as the one before is only counted.
/// </summary>
internal sealed class TraceRecorder(ITraceStore? store, TimeProvider time) : IExchangeObserver, IDisposable
{
    /// <summary>How long a line is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int LongestText = 600;
    private const int MostJobs = 20_000;
    private static readonly Regex s_query = new(
        @"(?<place>https?:(?:\\*/){2}(?:\\+/|[^\s""'<>?#\\])+)[?#](?:\\+u[0-9a-fA-F]{4}|\\+/|[^\s""'<>\\])*", // JSON may escape / and &.
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
    private readonly object _gate = new();
    private readonly Dictionary<string, Last> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeedanceTraceEntry> _queue = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private DateTimeOffset _cleaned;

    public void OnExchange(ExchangeRecord exchange)
    {
        if (store is null || exchange.Jobs.Count == 0)
        {
            return;
        }

        SeedanceTraceEntry entry = Entry(exchange);
        string key = string.Join("|", entry.Step, entry.Route, entry.HttpStatus, entry.Code, exchange.Failure);
        string? text = null;
        foreach (string job in exchange.Jobs)
        {
            if (!IsRepeated(job, key, entry, exchange))
            {
                text ??= Text(exchange);
                Enqueue(entry with { JobId = job, Text = text });
            }
        }
    }

    /// <summary>What was concluded of a job.</summary>
    public void Note(string job, string saidBy, string text, string? code = null)
    {
        if (store is not null)
        {
            EndRepeats(job, decided: true);
            Enqueue(new SeedanceTraceEntry { JobId = job, At = time.GetUtcNow(), Step = "Result", SaidBy = saidBy, Text = Bounded(text),
                Code = code });
        }
    }

    /// <summary>What was noted so far is in the store when this is done, if that can be.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            foreach (string job in _last.Keys.ToArray())
            {
                EndRepeats(job);
            }

            return _writing;
        }
    }

    /// <summary>The same for who must not be kept long: a process that ends would take what is not written yet with it.</summary>
    public void Flush()
    {
        Task writing = FlushAsync();
        if (!writing.IsCompleted)
        {
            writing.Wait(TimeSpan.FromSeconds(2));
        }
    }

    public async Task<IReadOnlyList<SeedanceTraceEntry>> ReadAsync(string jobId, CancellationToken stop)
    {
        await FlushAsync().ConfigureAwait(false);
        return store is null ? [] : await store.ReadAsync(jobId, stop).ConfigureAwait(false);
    }

    public void Dispose() => Flush();

    /// <summary>Polls of a job that runs differ in nothing but their moment.</summary>
    private bool IsRepeated(string job, string key, SeedanceTraceEntry entry, ExchangeRecord exchange)
    {
        lock (_gate)
        {
            if (_last.TryGetValue(job, out Last? last) && last.Key == key)
            {
                last.Repeats++;
                last.Latest = exchange;
                return true;
            }

            EndRepeats(job);
            if (_last.Count >= MostJobs)
            {
                _last.Clear();
            }

            _last[job] = new Last(key, entry);
            return false;
        }
    }

    /// <summary><paramref name="decided"/> where the last of them brought news, so that it stands for itself.</summary>
    private void EndRepeats(string job, bool decided = false)
    {
        lock (_gate)
        {
            if (!_last.TryGetValue(job, out Last? last) || !_last.Remove(job) || last.Latest is not { } latest)
            {
                return;
            }

            int counted = decided ? last.Repeats - 1 : last.Repeats;
            if (counted > 0)
            {
                Enqueue(last.Entry with
                {
                    JobId = job,
                    At = latest.At,
                    Took = null,
                    RequestId = null,
                    SaidBy = string.Empty,
                    Repeats = counted,
                    Text = string.Format(
                        CultureInfo.InvariantCulture, counted == 1 ? "The same again, once." : "The same again, {0} times.", counted),
                });
            }

            if (decided)
            {
                Enqueue(Entry(latest) with { JobId = job, Text = Text(latest) });
            }
        }
    }

    private static SeedanceTraceEntry Entry(ExchangeRecord exchange) => new()
    {
        At = exchange.At,
        Step = exchange.Verb.ToString(),
        Route = exchange.Method + " " + exchange.Address,
        HttpStatus = exchange.Response?.Status,
        Took = exchange.Took,
        RequestId = exchange.Response?.RequestId,
        Try = exchange.Try,
        RetryIn = exchange.RetryIn,
        Code = exchange.Refusal?.Code.ToString(),
        SaidBy = exchange.Response is null ? "network" : exchange.Provider,
    };

    private static string Text(ExchangeRecord exchange) => Bounded(
        exchange.Response is { } response ? response.Excerpt() : exchange.Failure ?? string.Empty);

    /// <summary>Addresses of files are signed behind their question mark.</summary>
    private static string Bounded(string text)
    {
        string safe;
        try
        {
            safe = s_query.Replace(text, "${place}?...");
        }
        catch (RegexMatchTimeoutException)
        {
            return string.Empty; // What cannot be cleaned is not kept.
        }

        return safe.Length <= LongestText ? safe : safe.Substring(0, LongestText) + "...";
    }

    private void Enqueue(SeedanceTraceEntry entry)
    {
        lock (_gate)
        {
            _queue.Enqueue(entry);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAsync);
            }
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            List<SeedanceTraceEntry> batch = [];
            lock (_gate)
            {
                while (batch.Count < 200 && _queue.TryDequeue(out SeedanceTraceEntry? entry))
                {
                    batch.Add(entry);
                }

                if (batch.Count == 0)
                {
                    _isWriting = false;
                    return;
                }
            }

            await AppendAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task AppendAsync(List<SeedanceTraceEntry> batch)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool cleans = now - _cleaned > TimeSpan.FromHours(1);
        try
        {
            await store!.AppendAsync(batch, cleans ? now - Kept : null).ConfigureAwait(false);
            _cleaned = cleans ? now : _cleaned;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The jobs themselves are on record; a trace with a gap is still one.
        }
    }

    private sealed class Last(string key, SeedanceTraceEntry entry)
    {
        public string Key => key;

        public SeedanceTraceEntry Entry => entry;

        /// <summary>The last that said the same; null while there was none.</summary>
        public ExchangeRecord? Latest { get; set; }

        public int Repeats { get; set; }
    }
}

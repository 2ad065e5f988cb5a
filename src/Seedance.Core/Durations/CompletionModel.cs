using Seedance.Store;

namespace Seedance.Durations;

/// <summary>What a process knows of one kind of job. Shared by all that wait for one.</summary>
internal sealed class CompletionModel
{
    private readonly object _gate = new();
    private readonly TimeSpan? _catalogued;
    private readonly List<TimeSpan> _seen = [];
    private IReadOnlyList<TimeSpan> _wider = [];
    private ExpectedTime _expected;
    private long _readAt = long.MinValue;

    public CompletionModel(string kind, string wider, TimeSpan? catalogued)
    {
        Kind = kind;
        Wider = wider;
        _catalogued = catalogued;
        _expected = ExpectedTime.Cold(catalogued);
    }

    /// <summary>Provider, model, resolution and duration.</summary>
    public string Kind { get; }

    /// <summary>The kind without what differs between requests to one model.</summary>
    public string Wider { get; }

    public ExpectedTime Expected => Volatile.Read(ref _expected);

    /// <summary>True for one caller when the last reading is older than that.</summary>
    public bool IsStale(long now, long most)
    {
        lock (_gate)
        {
            if (_readAt != long.MinValue && now - _readAt < most)
            {
                return false;
            }

            _readAt = now;
            return true;
        }
    }

    public void Take(IReadOnlyList<TimeSpan> wider, IReadOnlyList<TimeSpan> seen)
    {
        lock (_gate)
        {
            _wider = wider;
            _seen.Clear();
            _seen.AddRange(seen);
            Relearn();
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_gate)
        {
            _seen.Add(duration);
            if (_seen.Count > DurationTable.Kept)
            {
                _seen.RemoveAt(0);
            }

            Relearn();
        }
    }

    private void Relearn()
    {
        ExpectedTime guess = ExpectedTime.Cold(_catalogued);
        if (_wider.Count > 0)
        {
            guess = ExpectedTime.Learn(guess.Median, _wider);
        }

        Volatile.Write(ref _expected, _seen.Count > 0 ? ExpectedTime.Learn(guess.Median, _seen) : guess);
    }
}

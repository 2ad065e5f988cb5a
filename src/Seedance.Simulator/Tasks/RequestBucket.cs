namespace Seedance.Simulator.Tasks;

/// <summary>A token bucket that fills at a steady rate and holds what a second brings.</summary>
internal sealed class RequestBucket(double perSecond, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly double _most = Math.Max(1, perSecond);
    private double _tokens = Math.Max(1, perSecond);
    private long _filled = time.GetTimestamp();

    /// <summary>Zero when the request may pass, else how long until one may.</summary>
    public TimeSpan Take()
    {
        if (perSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            long now = time.GetTimestamp();
            _tokens = Math.Min(_most, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
            _filled = now;
            if (_tokens < 1)
            {
                return TimeSpan.FromSeconds((1 - _tokens) / perSecond);
            }

            _tokens--;
            return TimeSpan.Zero;
        }
    }
}

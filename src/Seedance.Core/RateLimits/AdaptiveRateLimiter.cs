using Seedance.Wire;

namespace Seedance.RateLimits;

/// <summary>
/// How fast and how many at once one host account is asked: as fast as jobs fall due until it objects. After a 429 nobody asks before the
/// time it names, then at seven tenths of the rate it objected to, and from there up again along a cubic curve that lingers near that rate.
/// A host that fails without a single good answer in between is probed one request at a time. Times are a clock that only goes forward.
/// Guarded by its <see cref="RequestLimiter"/>.
/// </summary>
internal sealed class AdaptiveRateLimiter
{
    private const int Patience = 3; // Failures in a row before a host counts as down.
    private const double Backoff = 0.7;
    private const double LeastKept = 0.5; // Of the rate, at one objection.
    private const double Steepness = 0.05;
    private const double SlowestRate = 0.5; // Requests per second.
    private const double FirstWindow = 8;
    private const double LargestWindow = 64;
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(15);
    private double _window = FirstWindow;
    private TimeSpan _free;
    private TimeSpan _heldUntil;
    private TimeSpan _cutAt = TimeSpan.MinValue;
    private TimeSpan _secondBegan;
    private int _sentInSecond;
    private double _measured;
    private double? _objected;
    private int _failures;
    private int _probes;

    /// <summary>When the next request may go out, as far as time decides.</summary>
    public TimeSpan Free => _free;

    public bool IsDown => _failures >= Patience;

    public bool HasRoom(int running) => running < (IsDown ? 1 : (int)_window);

    public void Sent(TimeSpan now)
    {
        Book(now);
        Measure(now);
    }

    /// <summary>
    /// The next free moment, which from now on is taken. Whoever uses it counts with <see cref="Measure"/>, unless the host
    /// <see cref="Holds"/> it off by then.
    /// </summary>
    public TimeSpan Book(TimeSpan now)
    {
        TimeSpan turn = _free > now ? _free : now;
        if (_objected is { } objected)
        {
            TimeSpan spacing = TimeSpan.FromSeconds(1 / Rate(objected, (now - _cutAt).TotalSeconds));
            _free = (_free > now - spacing ? _free : now) + spacing;
        }

        return turn;
    }

    /// <summary>The host has objected since that moment was taken.</summary>
    public bool Holds(TimeSpan turn) => turn < _heldUntil;

    /// <summary>How long the host still wants to be left alone.</summary>
    public TimeSpan HeldFor(TimeSpan now) => _heldUntil > now ? _heldUntil - now : TimeSpan.Zero;

    public void Measure(TimeSpan now)
    {
        double passed = (now - _secondBegan).TotalSeconds;
        _sentInSecond++;
        if (passed >= 1)
        {
            _measured = passed < 5 ? (0.8 * (_sentInSecond / passed)) + (0.2 * _measured) : _sentInSecond / passed;
            _secondBegan = now;
            _sentInSecond = 0;
        }
        else if (_sentInSecond > _measured)
        {
            _measured = _sentInSecond; // A first burst has a rate too.
        }
    }

    public void Answered()
    {
        _failures = 0;
        _probes = 0;
        _window = Math.Min(LargestWindow, Math.Max(FirstWindow, _window) + 1);
    }

    /// <summary>
    /// A request that left (<paramref name="sentAt"/>) before the last objection tells nothing new. <paramref name="pause"/> is what the
    /// host asked for, with jitter.
    /// </summary>
    public void Throttled(TimeSpan sentAt, TimeSpan now, TimeSpan pause)
    {
        if (sentAt > _cutAt)
        {
            double current = _measured;
            if (_objected is { } objected)
            {
                // Who asked little lately has not been told to ask little.
                current = Math.Max(Math.Min(_measured, Rate(objected, (now - _cutAt).TotalSeconds)), objected * LeastKept);
            }

            _objected = Math.Max(SlowestRate / Backoff, current);
            _cutAt = now;
        }

        HoldBack(now, pause);
    }

    public void Failed(TimeSpan sentAt, TimeSpan now, TimeSpan? pause, double chance)
    {
        _failures++;
        if (pause is { } asked)
        {
            HoldBack(now, asked);
        }

        if (IsDown && sentAt >= _free)
        {
            double seconds = Math.Min(s_longestProbe.TotalSeconds, Math.Pow(2, _probes++));
            HoldBack(now, TimeSpan.FromSeconds(seconds * (0.9 + (chance * 0.1))));
        }
    }

    private static double Rate(double objected, double secondsSince)
    {
        double plateau = Math.Pow(objected * (1 - Backoff) / Steepness, 1.0 / 3);
        return Math.Max(SlowestRate, (Steepness * Math.Pow(secondsSince - plateau, 3)) + objected);
    }

    private void HoldBack(TimeSpan now, TimeSpan pause)
    {
        TimeSpan until = now + (pause < RetryAfterHeader.Longest ? pause : RetryAfterHeader.Longest);
        _free = _free > until ? _free : until;
        _heldUntil = _heldUntil > until ? _heldUntil : until;
        if (_secondBegan < _heldUntil)
        {
            _secondBegan = _heldUntil; // A pause is no measure of how much is asked.
            _sentInSecond = 0;
        }
    }
}

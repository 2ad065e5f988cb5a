using Seedance.RateLimits;

namespace Seedance.Jobs.Wait;

/// <summary>
/// Says of a host that wants to be left alone for many minutes that it does, whichever process and whichever call was told: it holds all
/// its jobs back, and nobody would know why.
/// </summary>
internal sealed class HeldHosts(TimeProvider time)
{
    private static readonly TimeSpan s_worthAWarning = TimeSpan.FromMinutes(2);
    private readonly Dictionary<RequestLimiter, string> _hosts = [];
    private readonly HashSet<RequestLimiter> _told = [];

    public void Add(string provider, RequestLimiter limiter) => _hosts[limiter] = provider;

    /// <summary>Once for each pause of a host whose jobs are waited for.</summary>
    public void Warn(IEnumerable<SeedanceJob> waiting, IOperationOutput output)
    {
        foreach (KeyValuePair<RequestLimiter, string> host in _hosts)
        {
            TimeSpan held = host.Key.HeldFor;
            if (held <= TimeSpan.Zero)
            {
                _told.Remove(host.Key);
            }
            else if (held > s_worthAWarning && waiting.Any(job => job.Provider == host.Value) && _told.Add(host.Key))
            {
                output.Warn(string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} asks to be left alone until {1:HH:mm}, for {2:0.#} min. Its jobs go on there, and are asked for again after that.",
                    host.Value, time.GetLocalNow() + held, held.TotalMinutes));
            }
        }
    }
}

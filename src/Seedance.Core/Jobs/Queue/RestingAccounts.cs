namespace Seedance.Jobs.Queue;

/// <summary>Accounts that take nothing for a while, and why, told once. Submits that are under way at once may all say so.</summary>
internal sealed class RestingAccounts(TimeProvider time)
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private readonly object _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, Rest Why)> _until = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private enum Rest
    {
        NoSlot,
        HostIsAway,
        Long,
    }

    public IReadOnlyCollection<string> Now
    {
        get
        {
            lock (_gate)
            {
                DateTimeOffset now = time.GetUtcNow();
                foreach (string over in _until.Where(rest => rest.Value.Until <= now).Select(rest => rest.Key).ToArray())
                {
                    _until.Remove(over);
                }

                return [.. _until.Keys];
            }
        }
    }

    /// <summary>One of them is tried again so soon that it is worth waiting for.</summary>
    public bool EndSoon
    {
        get
        {
            lock (_gate)
            {
                return _until.Values.Any(rest => rest.Why != Rest.Long);
            }
        }
    }

    /// <summary>Until a slot is free.</summary>
    public void Briefly(string account) => Set(account, time.GetUtcNow() + s_short, Rest.NoSlot);

    /// <summary>A job of the account has ended, and its slot is free.</summary>
    public void Freed(string account)
    {
        lock (_gate)
        {
            if (_until.TryGetValue(account, out (DateTimeOffset Until, Rest Why) rest) && rest.Why == Rest.NoSlot)
            {
                _until.Remove(account);
            }
        }
    }

    /// <summary>
    /// A host that is away or throttles, for twice as long each time until it takes a job again. What was on its way with the one that
    /// heard of it first counts as the same time.
    /// </summary>
    public void BackOff(string account)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_until.TryGetValue(account, out (DateTimeOffset Until, Rest Why) rest) && rest.Why == Rest.HostIsAway && rest.Until > now)
            {
                return;
            }

            int before = _failed.TryGetValue(account, out int count) ? count : 0;
            _failed[account] = before + 1;
            TimeSpan pause = TimeSpan.FromTicks(s_short.Ticks << Math.Min(before, 5));
            Set(account, now + (pause < s_longestBackOff ? pause : s_longestBackOff), Rest.HostIsAway);
        }
    }

    /// <summary>The host was away when it was last asked; one job finds out whether it still is.</summary>
    public bool IsDoubted(string account)
    {
        lock (_gate)
        {
            return _failed.ContainsKey(account);
        }
    }

    public void Took(string account)
    {
        lock (_gate)
        {
            _failed.Remove(account);
        }
    }

    /// <summary>What somebody has to mend on this machine or at the host.</summary>
    public void Long(string account, SeedanceException why, IOperationOutput output)
    {
        Set(account, time.GetUtcNow() + s_long, Rest.Long);
        Tell(account, "Its planned jobs stay planned. " + why.Message + " " + why.RecommendedAction, output);
    }

    /// <summary>A cap that is spent has room again on the next day, by UTC.</summary>
    public void UntilTomorrow(string account, SeedanceException why, IOperationOutput output)
    {
        DateTimeOffset now = time.GetUtcNow();
        Set(account, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1), Rest.Long);
        Tell(account + now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            "The rest stays planned for the next day. " + why.Message, output);
    }

    private void Set(string account, DateTimeOffset until, Rest why)
    {
        lock (_gate)
        {
            // A full slot says nothing of a host that is away: a job that ends would end that rest, too.
            bool rests = _until.TryGetValue(account, out (DateTimeOffset Until, Rest Why) rest) && rest.Until > time.GetUtcNow();
            if (!rests || (rest.Until < until && (why != Rest.NoSlot || rest.Why == Rest.NoSlot)))
            {
                _until[account] = (until, why);
            }
        }
    }

    private void Tell(string what, string text, IOperationOutput output)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _told.Add(what);
        }

        if (isNew)
        {
            output.Warn(text.TrimEnd());
        }
    }
}

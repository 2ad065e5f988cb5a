namespace Seedance.Jobs.Queue;

/// <summary>Accounts that take nothing for a while, and why, told once.</summary>
internal sealed class RestingAccounts(TimeProvider time)
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, (DateTimeOffset Until, bool IsShort)> _until = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Now
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (string over in _until.Where(rest => rest.Value.Until <= now).Select(rest => rest.Key).ToArray())
            {
                _until.Remove(over);
            }

            return [.. _until.Keys];
        }
    }

    /// <summary>One of them is tried again so soon that it is worth waiting for.</summary>
    public bool EndSoon => _until.Values.Any(rest => rest.IsShort);

    /// <summary>Until a slot is free.</summary>
    public void Briefly(string account) => _until[account] = (time.GetUtcNow() + s_short, true);

    /// <summary>A host that is away or throttles, for twice as long each time until it takes a job again.</summary>
    public void BackOff(string account)
    {
        int before = _failed.TryGetValue(account, out int count) ? count : 0;
        _failed[account] = before + 1;
        TimeSpan rest = TimeSpan.FromTicks(s_short.Ticks << Math.Min(before, 5));
        _until[account] = (time.GetUtcNow() + (rest < s_longestBackOff ? rest : s_longestBackOff), true);
    }

    public void Took(string account) => _failed.Remove(account);

    /// <summary>What somebody has to mend on this machine or at the host.</summary>
    public void Long(string account, SeedanceException why, IOperationOutput output)
    {
        _until[account] = (time.GetUtcNow() + s_long, false);
        Tell(account, "Its planned jobs stay planned. " + why.Message + " " + why.RecommendedAction, output);
    }

    /// <summary>A cap that is spent has room again on the next day, by UTC.</summary>
    public void UntilTomorrow(string account, SeedanceException why, IOperationOutput output)
    {
        DateTimeOffset now = time.GetUtcNow();
        _until[account] = (new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1), false);
        Tell(account + now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            "The rest stays planned for the next day. " + why.Message, output);
    }

    private void Tell(string what, string text, IOperationOutput output)
    {
        if (_told.Add(what))
        {
            output.Warn(text.TrimEnd());
        }
    }
}

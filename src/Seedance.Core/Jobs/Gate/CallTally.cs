namespace Seedance.Jobs.Gate;

/// <summary>Counts what the rows of a call come to, for its last line.</summary>
internal sealed class CallTally
{
    private readonly SortedDictionary<string, (decimal About, decimal? Most)> _sums = new(StringComparer.OrdinalIgnoreCase);
    private int _existing;
    private int _made;
    private int _unpriced;

    public int Refused { get; private set; }

    /// <summary>The unit of all new rows, where there is one.</summary>
    public string? Unit => _sums.Count == 1 && _unpriced == 0 ? _sums.Keys.First() : null;

    public void Exists() => _existing++;

    public void Refuse(int rows = 1) => Refused += rows;

    /// <summary><paramref name="most"/> is what it may cost at the dearest of its accounts.</summary>
    public void Makes(SeedanceCost? estimate, decimal? most)
    {
        _made++;
        if (estimate is not { } cost)
        {
            _unpriced++;
            return;
        }

        (decimal About, decimal? Most) before = _sums.TryGetValue(cost.Unit, out var known) ? known : (0, 0);
        _sums[cost.Unit] = (before.About + cost.Amount, before.Most + most);
    }

    /// <summary>
    /// Such as <c>30 rows: 24 exist, 3 new, 3 refused; about 0.96 USD of 3.24 left today</c>. What the caps leave is in <see cref="Unit"/>.
    /// </summary>
    public string Line((decimal Amount, string When)? left)
    {
        int rows = _existing + _made + Refused;
        string counts = string.Join(", ",
            new[] { (_existing, "exist"), (_made, "new"), (Refused, "refused") }.Where(part => part.Item1 > 0)
            .Select(part => part.Item1.ToString(CultureInfo.InvariantCulture) + " " + part.Item2));
        string money = string.Join(" and ", _sums.Select(sum => Amount(sum.Key, sum.Value.About, sum.Value.Most)));
        string unknown = _unpriced == 0
            ? string.Empty
            : (money.Length > 0 ? " and " : string.Empty) + _unpriced.ToString(CultureInfo.InvariantCulture) + " of unknown price";
        string rest = left is { } known ? " of " + Number(known.Amount) + " left " + known.When : string.Empty;
        return rows.ToString(CultureInfo.InvariantCulture) + (rows == 1 ? " row: " : " rows: ") + (rows == 0 ? "none" : counts) + "; "
            + (_made == 0 ? "nothing is paid" : money + unknown + rest);
    }

    private static string Amount(string unit, decimal about, decimal? most) =>
        "about " + Number(about) + " " + unit
            + (most is null ? " or more" : most > about ? " (at most " + Number(most.Value) + ")" : string.Empty);

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

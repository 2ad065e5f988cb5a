namespace Seedance.Jobs.Prepare;

/// <summary>What the new jobs of one call come to, against -MaxTotalCost.</summary>
internal sealed class CallTotal
{
    private decimal _sum;
    private string? _unit;

    /// <summary>
    /// Takes the request's price into the sum; throws where the sum has no room for it. -Force lets a price through that nobody knows, no
    /// more.
    /// </summary>
    /// <returns>What gives it back.</returns>
    public Action Add(PreparedSubmit prepared, SubmitOptions options)
    {
        if (options.MaxTotalCost is not { } most || prepared.IsTestRun)
        {
            return static () => { };
        }

        if (prepared.Estimate is not { } cost)
        {
            return options.Force ? static () => { } : throw Budget.Unpriced(prepared, "-MaxTotalCost", most);
        }

        if (_unit is { } unit && !string.Equals(unit, cost.Unit, StringComparison.OrdinalIgnoreCase))
        {
            throw Budget.TwoUnits(
                "-MaxTotalCost", most, [(prepared.Account.Provider, cost.Unit), ("the rows before", unit)], prepared.Request);
        }

        if (_sum + cost.Amount > most)
        {
            throw Budget.OverTotal(prepared, cost, _sum, most);
        }

        _unit = cost.Unit;
        _sum += cost.Amount;
        return () => _sum -= cost.Amount;
    }
}

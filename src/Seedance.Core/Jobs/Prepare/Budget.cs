using Seedance.Spending;

namespace Seedance.Jobs.Prepare;

/// <summary>What a call and a profile may spend, and how a refusal reads.</summary>
internal static class Budget
{
    /// <summary>With the command's name: a sheet and a worker meet these refusals, too, and have no -Force.</summary>
    private const string OrForce = " New-SeedanceVideo -Force submits it all the same.";

    /// <summary>
    /// Refuses a request that is dearer than the call allows, or whose price nobody knows; the cap is in the unit of the estimate.
    /// </summary>
    public static void CheckCall(PreparedSubmit prepared, SubmitOptions options)
    {
        if (options.MaxCost is not { } cap || options.Force || prepared.IsTestRun)
        {
            return;
        }

        if (prepared.Estimate is not { } cost)
        {
            throw Unpriced(prepared, "-MaxCost", cap);
        }

        if (cost.Amount > cap)
        {
            throw new SeedanceException(
                ErrorCode.OverBudget,
                Say("This request costs about {0} {1} at {2}, and -MaxCost allows {3}. Nothing was sent.", Number(cost.Amount), cost.Unit,
                    prepared.Account.Provider, Number(cap)))
            {
                Provider = prepared.Account.Provider,
                Target = prepared.Request.Prompt,
                RecommendedAction = "Raise -MaxCost, or ask for a shorter or smaller video." + OrForce,
            };
        }
    }

    /// <summary>One number cannot limit credits at one account and dollars at the next.</summary>
    public static void CheckUnits(IEnumerable<(string Provider, string? Unit)> accounts, VideoRequest request, SubmitOptions options)
    {
        if (options.MaxCost is not { } cap || options.Force)
        {
            return;
        }

        var priced = accounts.Where(price => price.Unit is not null)
            .GroupBy(price => price.Unit, StringComparer.OrdinalIgnoreCase).Select(unit => unit.First()).ToArray();
        if (priced.Length > 1)
        {
            throw TwoUnits("-MaxCost", cap, priced, request);
        }
    }

    public static SeedanceException Unpriced(PreparedSubmit prepared, string limit, decimal most) => new(
        ErrorCode.PriceUnknown,
        Say("The price of this request at {0} is not known, and {1} allows {2}. Nothing was sent.", prepared.Account.Provider, limit,
            Number(most)))
    {
        Provider = prepared.Account.Provider,
        Target = prepared.Request.Prompt,
        RecommendedAction = "Choose a model that has a price list (Get-SeedanceModel), or leave out " + limit + "." + OrForce,
    };

    public static SeedanceException TwoUnits(
        string limit, decimal most, IEnumerable<(string Provider, string? Unit)> priced, VideoRequest request)
    {
        string meanings = string.Join(" and ", priced.Select(price => Say("{0} {1} at {2}", Number(most), price.Unit, price.Provider)));
        return new SeedanceException(ErrorCode.InvalidRequest, limit + " would mean " + meanings + ". Nothing was sent.")
        {
            Target = request.Prompt,
            RecommendedAction =
                "Name providers that charge in one unit, or use profiles, whose caps have units of their own (Set-SeedanceProfile -CostUnit).",
        };
    }

    public static SeedanceException OverTotal(PreparedSubmit prepared, SeedanceCost cost, decimal before, decimal most) => new(
        ErrorCode.OverBudget,
        Say(
            "This request costs about {0} {1} at {2}, the rows before it come to {3}, and -MaxTotalCost allows {4}. Nothing was sent.",
            Number(cost.Amount), cost.Unit, prepared.Account.Provider, Number(before), Number(most)))
    {
        Provider = prepared.Account.Provider,
        Target = prepared.Request.Prompt,
        RecommendedAction = "Raise -MaxTotalCost, or ask for fewer, shorter or smaller videos.",
    };

    public static SeedanceException Refuse(SpendBreach breach, SpendCaps caps, SeedanceJob job)
    {
        bool known = breach.Asked is not null;

        // Not a price that is missing but one in another unit than the cap's.
        SeedanceCost? otherUnit = !known && breach.Unit is not ("s" or "") && job.EstimatedCost is { } estimate
            && !string.Equals(estimate.Unit, breach.Unit, System.StringComparison.OrdinalIgnoreCase)
            ? estimate
            : null;
        string asked = known
            ? Say("this request asks for {0} {1}", Number(breach.Asked!.Value), breach.Unit)
            : otherUnit is { } priced
                ? Say("this request asks for {0}, which is not converted to {1}", priced.ToString().TrimStart('~'), breach.Unit)
            : breach.Unit == "s"
                ? "this request names no duration"
                : "the price of this request" + (breach.Unit.Length > 0 ? " in " + breach.Unit : string.Empty) + " is not known";
        string unit = breach.Unit.Length > 0 ? " " + breach.Unit : string.Empty;
        return new SeedanceException(
            known || breach.Unit == "s" ? ErrorCode.OverBudget : ErrorCode.PriceUnknown,
            Say(
                "The profile '{0}' has {1} = {2}{3}: {4}{3} are reserved or spent, and {5}. Nothing was sent.",
                caps.Profile, breach.Cap, Number(breach.Limit), unit, Number(breach.Spent), asked))
        {
            Provider = job.Provider,
            Target = job.Prompt,
            RecommendedAction = known
                ? "Get-SeedanceSpend shows what was spent. Wait for the next day or month, or raise the cap with Set-SeedanceProfile -"
                    + breach.Cap + "."
                : otherUnit is not null
                ? Say("{0} is priced in {1} and the cap counts {2}: give it a profile of its own with -CostUnit {1}.",
                    job.Provider, otherUnit.Unit, breach.Unit) + OrForce
                : "Name a model and a duration whose price is known." + OrForce,
        };
    }

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Say(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}

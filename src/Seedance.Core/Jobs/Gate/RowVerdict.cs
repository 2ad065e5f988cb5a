using Seedance.Jobs.Prepare;

namespace Seedance.Jobs.Gate;

/// <summary>What a row of a call would do.</summary>
internal sealed record RowVerdict(SubmitRow Row)
{
    /// <summary>It would be submitted so.</summary>
    public PreparedSubmit? New { get; init; }

    /// <summary>Its token has made this job, which would be returned.</summary>
    public SeedanceJob? Existing { get; init; }

    /// <summary>An earlier row of the same call makes the job.</summary>
    public bool IsOfThisCall { get; init; }

    /// <summary>It would be refused.</summary>
    public SeedanceException? Refusal { get; init; }

    /// <summary>
    /// The dearest that it can come to at any of its accounts; null where one of them does not say, or says it in another unit.
    /// </summary>
    public decimal? Most => New?.Estimate is { } estimate
        && Row.Able.All(one => one.Estimate is { } cost && string.Equals(cost.Unit, estimate.Unit, StringComparison.OrdinalIgnoreCase))
            ? Row.Able.Max(one => one.Estimate!.Amount)
            : null;

    /// <summary>In one line; nothing for a refusal, which is an error of its own.</summary>
    public string? Describe()
    {
        if (New is { } prepared)
        {
            return prepared.DescribeWithPrompt();
        }

        if (Existing is not { } job)
        {
            return null;
        }

        string what = IsOfThisCall ? "the job of an earlier row with this client token"
            : job.Id + ", " + job.State
                + (job.Outputs.Count > 0 && job.Outputs.All(file => file.Path is not null) ? ", saved" : string.Empty);
        return "Return " + what + "; nothing is paid: " + PreparedSubmit.Shorten(job.Prompt);
    }
}

using Seedance.Models;
using Seedance.Records;

namespace Seedance.Jobs.Prepare;

/// <summary>How a submit goes about it.</summary>
internal sealed record SubmitOptions
{
    /// <summary>How long a submit waits for a free slot or for a provider that throttles.</summary>
    public TimeSpan SlotTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Submits although an earlier submit to the account has an unknown outcome.</summary>
    public bool ContinueUnconfirmed { get; init; }

    /// <summary>The caller's name for the request.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Comes by the job that exists, by a token that is derived from the request where the caller gave none.</summary>
    public bool Reuse { get; init; }

    /// <summary>The token was derived and says all of the request, so that what a version fills in does not matter.</summary>
    public bool IsDerivedToken { get; init; }

    /// <summary>With <see cref="Reuse"/>: which of several equal requests of one batch this is, from 0.</summary>
    public int Occurrence { get; init; }

    /// <summary>The most that the request may cost, in the unit of its estimate.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The most that the new jobs of the call may cost together, in the unit of their estimates.</summary>
    public decimal? MaxTotalCost { get; init; }

    /// <summary>What they come to so far; null where nobody counts.</summary>
    public CallTotal? Total { get; init; }

    /// <summary>With <see cref="Reuse"/>: a job that failed or was cancelled is made again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// Submits although the price is unknown or over <see cref="MaxCost"/>. A profile's cap that the request would break holds all the
    /// same.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>What is allowed or left to the module beside the request.</summary>
    public RequestTerms Terms { get; init; } = RequestTerms.None;

    /// <summary>What the job's record says about the set that it belongs to; no part of the request.</summary>
    public SetEntry Entry { get; init; } = new();

    /// <summary>A worker submits it later, so that no cap has to have room for it now.</summary>
    public bool IsQueued { get; init; }

    /// <summary>Of a queued request: the higher is taken first.</summary>
    public int Priority { get; init; }

    /// <summary>The record of the planned job that is submitted now.</summary>
    public StoredJob? Planned { get; init; }

    /// <summary>Called when it has its slot and is about to be sent.</summary>
    public Action Entered { get; init; } = static () => { };

    /// <summary>The accounts that were tried before.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];
}

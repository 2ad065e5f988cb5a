using Seedance.Accounts;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>What the scheduler needs of whoever asks the hosts.</summary>
internal interface IJobPoller
{
    Task<PollResult> PollAsync(PollOrder order, Account account, IOperationOutput output, CancellationToken stop);

    /// <summary>Asks for all of them in one request; the account's adapter lists by id.</summary>
    Task<ListResult> ListAsync(IReadOnlyList<PollOrder> orders, Account account, IOperationOutput output, CancellationToken stop);
}

/// <summary>A job to ask about, and what to make of doubtful answers.</summary>
internal sealed record PollOrder(StoredJob Stored, PollPatience Patience);

/// <summary>A result for each job asked for, in that order; null where the list did not tell.</summary>
internal sealed record ListResult(IReadOnlyList<PollResult?> Results)
{
    /// <summary>The host's list does not work, for this key at least.</summary>
    public static ListResult Useless { get; } = new([]);

    public bool IsUseless => Results.Count == 0;
}

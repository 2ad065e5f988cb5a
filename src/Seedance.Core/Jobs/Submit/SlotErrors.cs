using Seedance.Accounts;
using Seedance.Records;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Submit;

/// <summary>Why a submit got no slot: what holds them or the account, and what to do about each.</summary>
internal static class SlotErrors
{
    private const int MostNamed = 5;

    public static SeedanceException Error(Account account, IReadOnlyList<StoredJob> inFlight, SlotVerdict verdict, TimeSpan waited)
    {
        int unconfirmed = inFlight.Count(job => job.Job.State == JobStatus.Unconfirmed);
        int submitting = inFlight.Count(job => job.Job.State == JobStatus.Submitting);
        int running = inFlight.Count - unconfirmed - submitting;
        int ahead = verdict.Ahead.Count;
        List<string> holders = [];
        List<string> advice = [];
        Add(running, "running", "Wait for what runs: Get-SeedanceJob -Unfinished | Wait-SeedanceJob.");
        Add(submitting, "being submitted", null);
        Add(unconfirmed, "unconfirmed", "Resolve what is unconfirmed: Get-SeedanceJob -Status Unconfirmed | Resolve-SeedanceJob.");
        Add(verdict.Unreadable.Count, "with a damaged record", "Get-SeedanceJob tells what to do about damaged records.");
        Add(ahead, (ahead == 1 ? "submit" : "submits") + " waiting before this one (" + Owners(verdict.Ahead) + ")",
            "Let the submits before this one pass, or end their processes if they hang.");
        advice.Add("Or raise -SlotTimeoutSec of New-SeedanceVideo, or the profile's -Concurrency if the account allows more.");
        return new SeedanceException(
            ErrorCode.SlotTimeout,
            string.Format(
                CultureInfo.InvariantCulture,
                "No slot of {0} became free in {1:0} s, and nothing was sent. The limit is {2}; it is taken up by: {3}.",
                account.Provider,
                waited.TotalSeconds,
                account.Concurrency,
                string.Join(", ", holders)))
        {
            Provider = account.Provider,
            RecommendedAction = string.Join(" ", advice),
        };

        void Add(int count, string what, string? action)
        {
            if (count > 0)
            {
                holders.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1}", count, what));
                advice.AddRange(action is null ? [] : [action]);
            }
        }
    }

    /// <summary>Waiting does not help: no news will come of what holds the slots.</summary>
    public static SeedanceException InVain(Account account, IReadOnlyList<StoredJob> unconfirmed, SlotVerdict verdict, TimeSpan each)
    {
        List<string> holders = [];
        List<string> advice = [];
        if (unconfirmed.Count > 0)
        {
            holders.Add(string.Format(
                CultureInfo.InvariantCulture,
                "{0} unconfirmed jobs, which may be running and count for {1:0} minutes each, the first until {2:u}",
                unconfirmed.Count,
                each.TotalMinutes,
                unconfirmed.Min(job => SlotTerms.SentAt(job.Job)) + each));
            advice.Add("Resolve what is unconfirmed: Get-SeedanceJob -Status Unconfirmed | Resolve-SeedanceJob.");
        }

        if (verdict.Unreadable.Count > 0)
        {
            holders.Add(string.Format(CultureInfo.InvariantCulture, "{0} with a damaged record", verdict.Unreadable.Count));
            advice.Add("Get-SeedanceJob tells what to do about damaged records.");
        }

        return new SeedanceException(
            ErrorCode.SlotTimeout,
            string.Format(
                CultureInfo.InvariantCulture,
                "No slot of {0} can become free by waiting, and nothing was sent. The limit is {1}; it is taken up by: {2}.",
                account.Provider,
                account.Concurrency,
                string.Join(", ", holders)))
        {
            Provider = account.Provider,
            RecommendedAction = string.Join(" ", advice) + " Then submit again.",
        };
    }

    /// <summary>An earlier submit to the account is unconfirmed.</summary>
    public static SeedanceException OnHold(Account account, SeedanceJob unresolved) => new(
        ErrorCode.SubmitUnconfirmed,
        string.Format(CultureInfo.InvariantCulture,
            "Nothing was sent: the outcome of {0} at {1} is still unknown, and another submit could hit the same fault.", unresolved.Id,
        account.Provider))
    {
        Provider = account.Provider,
        Job = unresolved,
        RecommendedAction =
            "Run Resolve-SeedanceJob -Id " + unresolved.Id + ". New-SeedanceVideo -ContinueUnconfirmed submits all the same.",
    };

    public static SeedanceException OnHold(Account account, SeedanceException unreadable) => new(
        unreadable.Code,
        string.Format(CultureInfo.InvariantCulture,
            "Nothing was sent to {0}, which may have this job in flight with an unknown outcome. {1}", account.Provider,
        unreadable.Message),
        unreadable)
    {
        Provider = account.Provider,
        Target = unreadable.Target,
        RecommendedAction = "New-SeedanceVideo -ContinueUnconfirmed submits all the same; to be sure, put the record right first. "
            + unreadable.RecommendedAction,
    };

    private static string Owners(IReadOnlyList<ProcessMark> places)
    {
        string[] names =
            [.. places.GroupBy(place => place)
            .Select(group => group.Count() == 1
            ? Name(group.Key)
            : string.Format(CultureInfo.InvariantCulture, "{0} of {1}", group.Count(), Name(group.Key)))];
        return string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", ..." : string.Empty);
    }

    private static string Name(ProcessMark process) => process == ProcessMark.Current
        ? "this process"
        : string.Format(
            CultureInfo.InvariantCulture, "process {0}{1}", process.ProcessId, process.IsForeign ? " on " + process.Machine : string.Empty);
}

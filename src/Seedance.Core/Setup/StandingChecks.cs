using Seedance.Money;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Setup;

/// <summary>What the state folder says of itself: caps that are spent, jobs that hang, videos that will soon be gone.</summary>
internal static class StandingChecks
{
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(6);
    private static readonly TimeSpan s_long = TimeSpan.FromHours(24);

    public static async Task<IReadOnlyList<SeedanceCheck>> RunAsync(SeedanceServices services, CancellationToken stop)
    {
        try
        {
            return [await CapsAsync(services, stop).ConfigureAwait(false), .. await JobsAsync(services, stop).ConfigureAwait(false)];
        }
        catch (SeedanceException error)
        {
            return [new SeedanceCheck { Name = "Jobs", Outcome = CheckResult.Failed, Message = error.Message,
                RecommendedAction = error.RecommendedAction }];
        }
    }

    private static async Task<SeedanceCheck> CapsAsync(SeedanceServices services, CancellationToken stop)
    {
        CollectedOutput found = new();
        SeedanceProfile[] capped = [.. services.Profiles.List().Where(profile => SpendCaps.Of(profile) is not null)];
        await new DescribeProfiles(services, static _ => null).RunAsync(capped, found, stop).ConfigureAwait(false);
        SeedanceProfile[] profiles = [.. found.Items.OfType<SeedanceProfile>()];
        string[] spent = [.. profiles.Where(IsSpent).Select(profile => profile.Name)];
        return profiles.Length == 0
            ? new SeedanceCheck
            {
                Name = "Caps",
                Outcome = CheckResult.Warning,
                Message = "No profile limits what may be spent in a day or month.",
                RecommendedAction = "Make one: Set-SeedanceProfile studio -Provider Muapi -MaxCostPerDay 5 -CostUnit USD",
            }
            : spent.Length > 0
                ? new SeedanceCheck { Name = "Caps", Outcome = CheckResult.Warning,
                    Message = "Spent, so that nothing more is submitted today: " + string.Join(", ", spent) + ".",
                RecommendedAction = "Get-SeedanceProfile shows them." }
                : new SeedanceCheck { Name = "Caps",
                    Message = "There is room in the caps of " + string.Join(", ", profiles.Select(profile => profile.Name)) + "." };
    }

    private static bool IsSpent(SeedanceProfile profile) =>
        profile.Left <= 0 || profile.JobsLeft <= 0 || profile.SecondsLeft <= 0;

    private static async Task<IReadOnlyList<SeedanceCheck>> JobsAsync(SeedanceServices services, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        List<SeedanceException> damaged = [];
        int unconfirmed = 0;
        int old = 0;
        int soon = 0;
        await foreach (
            StoredJob stored in services.Store.ListAsync(new JobScope { ExpiresAfter = now }, damaged.Add, stop).ConfigureAwait(false))
        {
            SeedanceJob job = stored.Job;
            unconfirmed += job.State == JobStatus.Unconfirmed ? 1 : 0;
            old += job.State is JobStatus.Queued or JobStatus.Running && job.CreatedAt < now - s_long ? 1 : 0;
            soon += OutputLife.IsShort(job, now, s_soon) ? 1 : 0;
        }

        return
        [
            Of("Jobs in doubt", unconfirmed, "jobs may have been paid, and nobody knows; they block their account.",
                "Get-SeedanceJob -Status Unconfirmed | Resolve-SeedanceJob"),
            Of("Stuck jobs", old, "jobs have not ended for more than a day.", "Get-SeedanceJob -Unfinished -Refresh"),
            Of("Expiring videos", soon, "videos are not saved and will be gone within six hours.",
                "Get-SeedanceJob -ExpiringWithin 6:00 | Save-SeedanceVideo"),
            Of("Records", damaged.Count, "records cannot be read.",
                damaged.Count > 0 ? damaged[0].RecommendedAction ?? "Get-SeedanceJob names them." : string.Empty),
        ];
    }

    private static SeedanceCheck Of(string name, int count, string what, string action) => count == 0
        ? new SeedanceCheck { Name = name, Message = "None." }
        : new SeedanceCheck { Name = name, Outcome = CheckResult.Warning,
            Message = count.ToString(CultureInfo.InvariantCulture) + " " + what, RecommendedAction = action };
}

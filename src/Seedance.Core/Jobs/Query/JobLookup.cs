using Seedance.Accounts;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Query;

/// <summary>
/// Finds the record of a job and the account that can ask about it, for one call of a command. <paramref name="apiKey"/> is a key given by
/// hand, and <paramref name="known"/> are accounts that are at hand already.
/// </summary>
internal sealed class JobLookup(
    SeedanceServices services, Func<string, string, string?> secret, string? apiKey, IReadOnlyList<Account>? known = null)
{
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    /// <summary>
    /// The record, made from the given object where this state folder has none. Throws <see cref="ErrorCode.JobNotFound"/>.
    /// </summary>
    public async Task<StoredJob> FindAsync(JobReference reference, CancellationToken stop)
    {
        StoredJob? stored = await services.Store.FindAsync(reference.Id, stop).ConfigureAwait(false);
        if (stored is not null)
        {
            return stored;
        }

        return reference.Given is { ProviderJobId: { } providerJobId } given && (given.Id.Length == 0 || JobId.IsValid(given.Id))
            ? await TakeUpAsync(given, providerJobId, stop).ConfigureAwait(false)
            : throw NotFound(reference.Id, services);
    }

    /// <summary>
    /// Makes a record of a job's object: one of another machine, or one that its provider has listed and that has no id of ours.
    /// </summary>
    private async Task<StoredJob> TakeUpAsync(SeedanceJob given, string providerJobId, CancellationToken stop)
    {
        if (given.Id.Length == 0
            && await services.Store.FindByProviderJobIdAsync(given.Provider, providerJobId, stop).ConfigureAwait(false) is { } taken)
        {
            return taken;
        }

        if (known?.Any(own => own.Provider == given.Provider && own.BaseUri == given.Endpoint) != true)
        {
            services.Accounts(secret).CheckGiven(given);
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        StoredJob adopted = new(given.Id.Length > 0 ? given : given with
        {
            Id = JobId.Create(now),
            CreatedAt = given.CreatedAt == default ? now : given.CreatedAt,
        });
        await services.Store.AddAsync(adopted, stop).ConfigureAwait(false);
        return adopted;
    }

    public static SeedanceException NotFound(string id, SeedanceServices services) =>
        services.Recovery.NeverSent(id) is { } withdrawn ? NeverSent(withdrawn.Job)
        : new SeedanceException(ErrorCode.JobNotFound, "There is no job '" + id + "' in " + services.Home + ".")
        {
            Target = id,
            RecommendedAction = "Get-SeedanceJob lists the jobs of this state folder; SEEDANCE_HOME names another.",
        };

    /// <summary>For one whose request never left, and whose record is removed for that.</summary>
    public static SeedanceException NeverSent(SeedanceJob job) => new(
        ErrorCode.JobNotFound,
        "The process that would have submitted " + job.Id + " ended before the request left. Nothing was spent, and the record is removed.")
    {
        Provider = job.Provider,
        Target = job.Id,
        RecommendedAction = "Submit it again.",
    };

    /// <summary>The way out of the machine, which a download needs and a key does not come with.</summary>
    public NetworkSettings NetworkOf(SeedanceJob job)
    {
        SeedanceProfile? profile = job.Profile is { } name ? services.Profiles.Find(name) : null;
        return new NetworkSettings { Proxy = profile?.Proxy, NoProxy = profile?.NoProxy ?? false };
    }

    /// <summary>From any thread; several jobs are asked about at once.</summary>
    public Account AccountOf(SeedanceJob job)
    {
        // The form that an address was given in: any other it would keep, a tenth of what a waiting job takes.
        string key = job.Provider + "|" + job.Profile + "|" + job.Endpoint?.OriginalString;
        lock (_accounts)
        {
            if (!_accounts.TryGetValue(key, out Account? account))
            {
                account = known?.FirstOrDefault(own => own.Provider == job.Provider && own.Profile == job.Profile
                    && own.BaseUri == job.Endpoint)
                    ?? Resolve(services.Accounts(secret), job);
                _accounts.Add(key, account);
            }

            return account;
        }
    }

    /// <summary>
    /// The account that the job names. A simulator on a port keeps its jobs by key, so it is asked with the key that serves its address
    /// now; where another address is set up by now, no real key goes to a port that may be a stranger's.
    /// </summary>
    private Account Resolve(AccountResolver accounts, SeedanceJob job)
    {
        AccountSelection whose = new() { Provider = job.Provider, Profile = job.Profile, ApiKey = apiKey, Endpoint = job.Endpoint };
        bool isStrange = EndedSimulator.HadOnPort(job)
            && accounts.ResolveWithoutKey(whose with { Endpoint = null }).BaseUri != job.Endpoint;
        return accounts.Resolve(isStrange ? whose with { ApiKey = SimulatorEnvironment.Key } : whose);
    }
}

using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Jobs.Query;

namespace Seedance.PowerShell.Session;

/// <summary>
/// The accounts of jobs that exist, and the secrets that they need of a vault. Secrets are learnt on the pipeline's thread, before an
/// operation starts.
/// </summary>
internal sealed class JobAccounts
{
    private readonly SeedanceServices _services;
    private readonly VaultSecrets _secrets;
    private readonly bool _hasKey;
    private Dictionary<string, SeedanceProfile>? _vaulted;

    public JobAccounts(SeedanceServices services, CommandInvocationIntrinsics invoke, string? apiKey)
    {
        _services = services;
        _secrets = new VaultSecrets(invoke);
        _hasKey = apiKey is not null;
        Lookup = new JobLookup(services, _secrets.Known, apiKey);
    }

    public JobLookup Lookup { get; }

    private Dictionary<string, SeedanceProfile> Vaulted => _vaulted ??= _hasKey
        ? []
        : _services.Profiles.List().Where(profile => profile.SecretName is not null)
            .ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks for the secrets of these jobs' profiles.</summary>
    public void LearnSecretsOf(IEnumerable<JobReference> references)
    {
        if (Vaulted.Count == 0)
        {
            return;
        }

        foreach (JobReference reference in references)
        {
            if (ProfileOf(reference) is { } name && Vaulted.TryGetValue(name, out SeedanceProfile? profile))
            {
                Learn(profile);
            }
        }
    }

    /// <summary>Asks for the secrets of all profiles, where nobody knows yet whose jobs will come.</summary>
    public void LearnAllSecrets()
    {
        foreach (SeedanceProfile profile in Vaulted.Values)
        {
            Learn(profile);
        }
    }

    /// <summary>The account by its names, of what was learnt before.</summary>
    public Account Choose(AccountSelection names) => _services.Accounts(_secrets.Known).Resolve(names);

    private void Learn(SeedanceProfile profile) => _secrets.Learn(profile.Vault ?? string.Empty, profile.SecretName!);

    private string? ProfileOf(JobReference reference)
    {
        try
        {
            return reference.Given?.Profile
                ?? _services.Store.FindAsync(reference.Id, CancellationToken.None).GetAwaiter().GetResult()?.Job.Profile;
        }
        catch (SeedanceException)
        {
            return null; // The operation reads the same record and reports what is wrong with it.
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using Seedance.Operations;

namespace Seedance.PowerShell;

/// <summary>A cmdlet about jobs that exist. The account of each follows from its record.</summary>
public abstract class JobCmdlet : SeedanceCmdlet
{
    private VaultSecrets? _secrets;
    private Dictionary<string, SeedanceProfile>? _vaulted;
    private JobLookup? _lookup;

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    private protected JobLookup Lookup => _lookup ??= new JobLookup(Services, Secrets.Known, PlainText(ApiKey));

    private VaultSecrets Secrets => _secrets ??= new VaultSecrets(InvokeCommand);

    /// <summary>The jobs of this input object. What their accounts need of a vault is asked for here, while this thread may ask.</summary>
    private protected IReadOnlyList<JobReference> References(IEnumerable<SeedanceJob>? jobs, IEnumerable<string>? ids)
    {
        JobReference[] references = jobs is not null
            ? [.. jobs.Select(job => new JobReference(job.Id, job))]
            : [.. (ids ?? []).Select(id => new JobReference(id.Trim()))];
        foreach (JobReference reference in references)
        {
            LearnSecret(reference);
        }

        return references;
    }

    /// <summary>Asks for the secrets of all profiles, where nobody knows yet whose jobs will come.</summary>
    private protected void LearnSecrets()
    {
        foreach (SeedanceProfile profile in Vaulted.Values)
        {
            Secrets.Learn(profile.Vault ?? string.Empty, profile.SecretName!);
        }
    }

    private Dictionary<string, SeedanceProfile> Vaulted => _vaulted ??= ApiKey is null
        ? OrTerminate(() => Services.Profiles.List().Where(profile => profile.SecretName is not null).ToDictionary(profile => profile.Name, System.StringComparer.OrdinalIgnoreCase))
        : [];

    private void LearnSecret(JobReference reference)
    {
        if (Vaulted.Count == 0)
        {
            return;
        }

        try
        {
            string? name = reference.Given?.Profile ?? Services.Store.FindAsync(reference.Id, CancellationToken.None).GetAwaiter().GetResult()?.Job.Profile;
            if (name is not null && Vaulted.TryGetValue(name, out SeedanceProfile? profile))
            {
                Secrets.Learn(profile.Vault ?? string.Empty, profile.SecretName!);
            }
        }
        catch (SeedanceException)
        {
            // The operation reads the same record and reports what is wrong with it.
        }
    }
}

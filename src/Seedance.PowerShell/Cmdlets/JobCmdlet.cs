using System.Management.Automation;
using System.Security;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>A cmdlet that asks providers about jobs it is given. The account of each follows from its record.</summary>
public abstract class JobCmdlet : GivenJobsCmdlet
{
    private JobAccounts? _accounts;

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    private protected JobAccounts Accounts => _accounts ??= new JobAccounts(Services, InvokeCommand, PlainText(ApiKey));

    private protected JobLookup Lookup => Accounts.Lookup;

    /// <summary>The jobs of this input. What their accounts need of a vault is asked for here, while this thread may ask.</summary>
    private protected override IReadOnlyList<JobReference> Given()
    {
        IReadOnlyList<JobReference> given = base.Given();
        OrTerminate(() => Accounts.LearnSecretsOf(given));
        return given;
    }
}

using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.PowerShell.Cmdlets;

namespace Seedance.PowerShell.Commands;

/// <summary>Resolves jobs whose submit has an unknown outcome, and writes each as it then stands.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "SeedanceJob", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class ResolveSeedanceJobCommand : JobCmdlet
{
    /// <summary>The provider's id, found by hand; the provider is asked for it before it is believed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProviderJobId { get; set; }

    /// <summary>Gives the job up where it is not found.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>With -Abandon: gives it up although jobs were found that may be it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int ActivityId => 5022;

    /// <inheritdoc/>
    private protected override void Process()
    {
        ResolveOptions options = new() { ProviderJobId = ProviderJobId, Abandon = Abandon.IsPresent, Force = Force.IsPresent };
        foreach (JobReference reference in Given())
        {
            if (ShouldProcess(
                reference.Id, Abandon.IsPresent ? "Find the job at its provider, or give it up" : "Find the job at its provider"))
            {
                RunOperation((output, stop) => new ResolveJobs(Services, Lookup).RunAsync(reference, options, output, stop));
            }
        }
    }
}

using System.Management.Automation;
using Seedance.Accounts;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Makes a profile or changes what is named of one. It takes a reference to a key, never a key.</summary>
[Cmdlet(VerbsCommon.Set, "SeedanceProfile", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceProfile))]
public sealed class SetSeedanceProfileCommand : SeedanceCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Who is paid; needed for a new profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Replaces the provider's address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    [ArgumentCompleter(typeof(BaseUriCompleter))]
    public Uri? BaseUri { get; set; }

    /// <summary>The environment variable that holds the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(KeyVariableCompleter))]
    public string? KeyVariable { get; set; }

    /// <summary>The vault that holds the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VaultCompleter))]
    public string? Vault { get; set; }

    /// <summary>The key's name in the vault.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    public string? SecretName { get; set; }

    /// <summary>The model when none is named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Most jobs in flight.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(1, 1000)]
    public int? Concurrency { get; set; }

    /// <summary>The most to spend in a UTC day.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCostPerDay { get; set; }

    /// <summary>The most to spend in a UTC month.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCostPerMonth { get; set; }

    /// <summary>The unit of both, such as USD.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CostUnitCompleter))]
    public string? CostUnit { get; set; }

    /// <summary>The most jobs in a UTC day.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(0, int.MaxValue)]
    public int? MaxJobsPerDay { get; set; }

    /// <summary>The most jobs in a UTC month.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(0, int.MaxValue)]
    public int? MaxJobsPerMonth { get; set; }

    /// <summary>The most seconds of video in a UTC day.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(0, int.MaxValue)]
    public int? MaxSecondsPerDay { get; set; }

    /// <summary>The most seconds of video in a UTC month.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(0, int.MaxValue)]
    public int? MaxSecondsPerMonth { get; set; }

    /// <summary>The environment variable of the second secret that some providers want for some calls.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(KeyVariableCompleter))]
    public string? SecondKeyVariable { get; set; }

    /// <summary>An http proxy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BlankIsNull]
    public Uri? Proxy { get; set; }

    /// <summary>No proxy at all.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Sends a submit again that the provider answered with a server error of its own.</summary>
    [Parameter]
    public SwitchParameter RetryServerError { get; set; }

    /// <summary>Used when nothing else is named.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>Writes the profile.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int ActivityId => 5009;

    /// <inheritdoc/>
    private protected override void Process()
    {
        SeedanceProfile profile = Change().ApplyTo(Services.Profiles.Find(Name));
        if (!ShouldProcess(profile.Name, "Save the profile for " + profile.Provider))
        {
            return;
        }

        Services.Profiles.Save(profile);
        if (PassThru.IsPresent)
        {
            WriteObject(Services.Profiles.Find(profile.Name));
        }
    }

    private ProfileChange Change()
    {
        ProfileChange change = new(Name);
        change.Provider(Provider);
        When(nameof(BaseUri), () => change.BaseUri(BaseUri));
        When(nameof(KeyVariable), () => change.KeyVariable(KeyVariable));
        When(nameof(Vault), () => change.Vault(Vault));
        When(nameof(SecretName), () => change.SecretName(SecretName));
        When(nameof(Model), () => change.Model(Model));
        When(nameof(Concurrency), () => change.Concurrency(Concurrency));
        When(nameof(MaxCostPerDay), () => change.MaxCostPerDay(MaxCostPerDay));
        When(nameof(MaxCostPerMonth), () => change.MaxCostPerMonth(MaxCostPerMonth));
        When(nameof(CostUnit), () => change.CostUnit(CostUnit));
        When(nameof(MaxJobsPerDay), () => change.MaxJobsPerDay(MaxJobsPerDay));
        When(nameof(MaxJobsPerMonth), () => change.MaxJobsPerMonth(MaxJobsPerMonth));
        When(nameof(MaxSecondsPerDay), () => change.MaxSecondsPerDay(MaxSecondsPerDay));
        When(nameof(MaxSecondsPerMonth), () => change.MaxSecondsPerMonth(MaxSecondsPerMonth));
        When(nameof(SecondKeyVariable), () => change.SecondKeyVariable(SecondKeyVariable));
        When(nameof(Proxy), () => change.Proxy(Proxy));
        When(nameof(NoProxy), () => change.NoProxy(NoProxy.IsPresent));
        When(nameof(RetryServerError), () => change.RetryServerError(RetryServerError.IsPresent));
        When(nameof(Default), () => change.Default(Default.IsPresent));
        return change;
    }

    private void When(string parameter, Action change)
    {
        if (IsBound(parameter))
        {
            change();
        }
    }
}

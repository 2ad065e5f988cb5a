using System.Management.Automation;
using Seedance.Accounts;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Models;
using Seedance.Money;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.Providers;

namespace Seedance.PowerShell.Commands;

/// <summary>Prices a request without submitting it, at one, several or all providers.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SeedanceVideo")]
[OutputType(typeof(SeedanceEstimate))]
public sealed class MeasureSeedanceVideoCommand : RequestCmdlet
{
    /// <summary>The profile to use.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The providers to ask about; all when none is named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>Also the providers that cannot make it, and why.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Asks no provider: prices by the catalogue alone.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    private protected override int ActivityId => 5023;

    private protected override IReadOnlyCollection<string> Foreign =>
        ["tag", "batch", "take", "column", "columns", "clienttoken", "maxcost"];

    /// <inheritdoc/>
    private protected override void Process() => ForEachVideo(video =>
    {
        string? profile = video.Whom[0].Profile;
        string[] named = profile is null
            ? [.. video.Whom.Select(name => name.Provider).OfType<string>()]
            : [OrTerminate(() => ProfileOf(profile)).Provider];
        List<SeedanceEstimate> estimates = [];
        foreach (IProviderAdapter adapter in AccountNames.Adapters(named))
        {
            Func<Account>? account = Offline.IsPresent ? null : TryChoose(profile, adapter.Provider.Name);
            RunOperation(async (output, stop) =>
                estimates.Add(
                    await new MeasureRequest(Services, video.Options.Terms).RunAsync(adapter, video.Request, account, output, stop)
                    .ConfigureAwait(false)));
        }

        // Whoever is asked about by name is answered about.
        IReadOnlyList<SeedanceEstimate> ranked = RankEstimates.Run(estimates, All.IsPresent || named.Length > 0);
        WriteObject(ranked, enumerateCollection: true);
        if (ranked.Count == 0)
        {
            WriteWarning("No provider can make this. With -All each says why.");
        }
    });

    /// <summary>The price of a request is that of each of its takes.</summary>
    private protected override RequestInput Input(VideoInput given) => new(given)
    {
        Options = new SubmitOptions { Terms = Terms },
        Whom = CellText.Optional(Profile) is { } profile ? [(profile, null)] : AccountNames.Of([], Provider),
        Seeds = [.. (Seed ?? []).Take(1)],
    };

    private SeedanceProfile ProfileOf(string name) => Services.Profiles.Find(name) ?? throw ProfileErrors.NotFound(name);
}

using System.Collections;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers tags that jobs have, those of the newest first.</summary>
public sealed class TagCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => Recorded.Distinct(job => job.Tag);
}

/// <summary>Offers batches that jobs have, the newest first.</summary>
public sealed class BatchCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => Recorded.Distinct(job => job.Batch);
}

/// <summary>Offers templates of file names.</summary>
public sealed class NameTokenCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        ["{id}", "{prompt}-{id}", "{tag}-{take}", "{image}", "{date}-{prompt}-{id}", .. FileNameTemplate.Tokens];
}

/// <summary>Offers the names of environment variables that may hold a key; never what they hold.</summary>
public sealed class KeyVariableCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => (string)variable.Key)
        .Where(name => name.IndexOf("KEY", StringComparison.OrdinalIgnoreCase) >= 0
            || name.IndexOf("TOKEN", StringComparison.OrdinalIgnoreCase) >= 0)
        .OrderBy(name => name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Offers units of money.</summary>
public sealed class CostUnitCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => ["USD", "CNY", "credits"];
}

/// <summary>What the newest records say.</summary>
internal static class Recorded
{
    private const int MostRead = 500;

    public static IEnumerable<string> Distinct(Func<SeedanceJob, string?> of) =>
        new JobNames(ModuleServices.Current).NewestAsync(MostRead, CancellationToken.None).GetAwaiter().GetResult()
            .Select(of).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
}

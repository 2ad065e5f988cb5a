using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Seedance.Input;
using Seedance.PowerShell.Session;
using Seedance.Providers;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers names that are known; others can be typed all the same.</summary>
public abstract class CatalogueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            string? Bound(string name) => fakeBoundParameters?[name]?.ToString();
            string[] fitting = Fitting(Offer(Bound), typed);
            return
            [
                .. (fitting.Length > 0 ? fitting : Fitting(OfferElse(Bound), typed))
                    .Select(word =>
                        new CompletionResult(IsPlain(word) ? word : "'" + word.Replace("'", "''") + "'", word,
                        CompletionResultType.ParameterValue, Tip(word, Bound))),
            ];
        }
        catch (SeedanceException)
        {
            return []; // A damaged profile is for the command to report.
        }
    }

    private protected abstract IEnumerable<string> Offer(Func<string, string?> bound);

    /// <summary>What is offered where nothing else fits.</summary>
    private protected virtual IEnumerable<string> OfferElse(Func<string, string?> bound) => [];

    private protected virtual string Tip(string word, Func<string, string?> bound) => word;

    private static string[] Fitting(IEnumerable<string> words, string typed) =>
        [.. words.Where(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];

    private static bool IsPlain(string word) =>
        word.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':');
}

/// <summary>Offers providers.</summary>
public sealed class ProviderCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => Completions.Providers();
}

/// <summary>Offers profiles.</summary>
public sealed class ProfileCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        ModuleServices.Current.Profiles.List().Select(profile => profile.Name);
}

/// <summary>Offers models, those of the provider where one is named.</summary>
public sealed class ModelCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Completions.Models(BoundProvider.Of(bound), ModuleServices.Current.Catalogue);

    /// <summary>The host's own ids, for whoever has begun with one.</summary>
    private protected override IEnumerable<string> OfferElse(Func<string, string?> bound) =>
        Completions.WireModels(BoundProvider.Of(bound), ModuleServices.Current.Catalogue);

    private protected override string Tip(string word, Func<string, string?> bound) =>
        Completions.DescribeModel(word, BoundProvider.Of(bound), ModuleServices.Current.Catalogue);
}

/// <summary>Offers the resolutions of the model.</summary>
public sealed class ResolutionCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Completions.Resolutions(BoundProvider.Of(bound), bound("Model"), ModuleServices.Current.Catalogue);
}

/// <summary>Offers the aspect ratios of the model.</summary>
public sealed class AspectRatioCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Completions.AspectRatios(BoundProvider.Of(bound), bound("Model"), ModuleServices.Current.Catalogue);
}

/// <summary>Offers the lengths of the model.</summary>
public sealed class DurationCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Completions.Durations(BoundProvider.Of(bound), bound("Model"), ModuleServices.Current.Catalogue);
}

/// <summary>Offers the upscaling classes.</summary>
public sealed class UpscaleCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => ["2k", "4k"];
}

/// <summary>Offers the host's own ids of models.</summary>
public sealed class WireModelCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        Completions.WireModels(BoundProvider.Of(bound), ModuleServices.Current.Catalogue);
}

/// <summary>Offers the provider's own address, and where a simulator of this process stands in for it.</summary>
public sealed class BaseUriCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        BoundProvider.Of(bound) is { } name && ProviderRegistry.Find(name)?.Provider is { } provider
            ? RunningSimulators.All().Select(simulator => new Uri(simulator.Uri, provider.Name.ToLowerInvariant()).AbsoluteUri)
                .Prepend(provider.BaseUri.AbsoluteUri)
            : [];
}

/// <summary>Offers the ports of the simulators that this process runs.</summary>
public sealed class SimulatorPortCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        RunningSimulators.All().Select(simulator => simulator.Port.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Offers encodings that sheets come in.</summary>
public sealed class EncodingCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
        ["utf8", "unicode", "bigendianunicode", "ansi", "oem", "windows-1252", "iso-8859-1", "gb18030", "shift_jis"];
}

/// <summary>Offers the ratings.</summary>
public sealed class RatingCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => ["0", "1", "2", "3", "4", "5"];
}

/// <summary>Offers faults for the simulator to change.</summary>
public sealed class FaultCompleter : CatalogueCompleter
{
    private protected override IEnumerable<string> Offer(Func<string, string?> bound) =>
    [
        "submit:1 reset-after-accept", "submit:* 429 retry-after=2", "submit:2 job-fails", "poll:3-5 status 503",
        "poll:1 unknown-status waiting", "media:1 cut 0.5",
        "callback:1 lost",
    ];
}

/// <summary>The provider that the line names, by itself or through a profile.</summary>
internal static class BoundProvider
{
    public static string? Of(Func<string, string?> bound) =>
        bound("Provider") ?? (bound("Profile") is { Length: > 0 } profile ? ModuleServices.Current.Profiles.Find(profile)?.Provider : null);
}

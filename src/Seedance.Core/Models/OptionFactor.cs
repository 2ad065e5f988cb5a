using Seedance.Wire;

namespace Seedance.Models;

/// <summary>
/// An option of one host that changes the price of everything else. <paramref name="SilentFactor"/> is that of the price without sound,
/// where it is another.
/// </summary>
internal sealed record OptionFactor(string Option, string Value, decimal Factor, decimal? SilentFactor = null)
{
    /// <summary>Whether it may have lowered the count of tokens already, and not their price.</summary>
    public bool MayBeInTheTokens { get; init; }

    public bool IsAsked(VideoRequest request) =>
        request.Options.TryGetValue(Option, out object? value)
        && string.Equals(JsonValues.ToNode(value, Option)?.ToString(), Value, StringComparison.OrdinalIgnoreCase);

    public decimal Of(VideoRequest request) => request.GenerateAudio == false ? SilentFactor ?? Factor : Factor;

    public string Describe() => string.Format(
        CultureInfo.InvariantCulture,
        "times {0:0.####}{1} with the option {2} = {3}",
        Factor, SilentFactor is { } silent
            ? string.Format(CultureInfo.InvariantCulture, " ({0:0.####} without sound)", silent)
            : string.Empty, Option, Value);
}

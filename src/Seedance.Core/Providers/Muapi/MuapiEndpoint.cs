using Seedance.Models;

namespace Seedance.Providers.Muapi;

/// <summary>One endpoint in one mode: what it can do, how it spells it, what it costs.</summary>
internal sealed record MuapiEndpoint(SeedanceModel Model, MuapiFields Fields, PriceRule? Price = null)
{
    /// <summary>Muapi's catalogue name, where it is not the endpoint's.</summary>
    public string? CatalogueName { get; init; }

    public ModelCapability ToCapability() =>
        new(Price is null ? Model : Model with { PriceRule = Price.Describe() + " (" + Price.Source + ")" }, Price)
    {
        Aliases = CatalogueName is null ? (IReadOnlyList<string>)[] : [CatalogueName],
    };
}

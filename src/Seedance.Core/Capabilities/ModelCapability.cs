namespace Seedance.Capabilities;

/// <summary>A row of the catalogue with the rule that prices it.</summary>
internal sealed record ModelCapability(SeedanceModel Model, PriceRule? Price = null);

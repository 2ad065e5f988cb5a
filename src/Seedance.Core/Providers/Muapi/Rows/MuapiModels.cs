using Seedance.Models;

namespace Seedance.Providers.Muapi;

/// <summary>Every Seedance endpoint of Muapi.</summary>
internal static class MuapiModels
{
    private static readonly MuapiEndpoint[] s_endpoints =
    [
        .. MuapiSeedance21.Endpoints,
        .. MuapiSeedanceMini.Endpoints,
        .. MuapiSeedance20.Endpoints,
        .. MuapiSeedanceVip.Endpoints,
        .. MuapiSeedance25.Endpoints,
        .. MuapiSeedance1.Endpoints,
        .. MuapiSeedance20Legacy.Endpoints,
        .. MuapiTools.Endpoints,
    ];

    public static IReadOnlyList<ModelCapability> Capabilities { get; } = [.. s_endpoints.Select(endpoint => endpoint.ToCapability())];

    /// <summary>The spelling of an endpoint: from the table, else guessed from its name.</summary>
    public static MuapiFields FieldsOf(string endpoint) => Find(endpoint)?.Fields ?? MuapiGuess.Fields(endpoint);

    public static MuapiEndpoint? Find(string endpoint) => Array.Find(s_endpoints, row => row.Model.WireModel == endpoint);

    /// <summary>The endpoint behind a catalogue name, or null when the name is none.</summary>
    public static string? EndpointOfCatalogueName(string name) =>
        Array.Find(s_endpoints, row => row.CatalogueName == name)?.Model.WireModel;
}

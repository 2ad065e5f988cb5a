using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.PowerShell.Session;

/// <summary>The simulator behind <c>-Provider Simulator</c>: one engine per process, no port.</summary>
internal static class InProcessSimulator
{
    private const string Host = "simulator.invalid";
    private static readonly Lazy<HttpMessageHandler> s_handler =
        new(static () => new SimulatorHandler(new SimulatorEngine(new SimulatorOptions())));

    public static HttpMessageHandler? HandlerFor(Uri address) => address.Host == Host ? s_handler.Value : null;
}

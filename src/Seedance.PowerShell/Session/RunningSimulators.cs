using System.Net.Sockets;
using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.PowerShell.Session;

/// <summary>The simulators that this process listens with.</summary>
internal static class RunningSimulators
{
    private static readonly object s_gate = new();
    private static readonly List<RunningSimulator> s_running = [];

    public static RunningSimulator Start(SimulatorOptions options, int port)
    {
        try
        {
            RunningSimulator simulator = new(SimulatorServer.Start(new SimulatorEngine(options), port));
            lock (s_gate)
            {
                s_running.Add(simulator);
            }

            return simulator;
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new SeedanceException(ErrorCode.SimulatorFailure, "The simulator could not start: " + error.Message, error)
            {
                Target = port,
                RecommendedAction = "Without -Port, or with -Port 0, a free one is taken.",
            };
        }
    }

    /// <summary>In the order they were started in.</summary>
    public static IReadOnlyList<RunningSimulator> All()
    {
        lock (s_gate)
        {
            return [.. s_running];
        }
    }

    public static void Stop(RunningSimulator simulator)
    {
        lock (s_gate)
        {
            s_running.Remove(simulator);
            simulator.RestoreEnvironment(s_running);
        }

        simulator.Dispose();
    }
}

using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.PowerShell.Session;

/// <summary>A listening simulator and what it changed in the environment.</summary>
internal sealed class RunningSimulator(SimulatorServer server) : IDisposable
{
    private readonly Dictionary<string, (string Set, string? Before)> _changed = new(StringComparer.Ordinal);

    public int Port => server.BaseUri.Port;

    public Uri Uri => server.BaseUri;

    public void SetEnvironment(IReadOnlyDictionary<string, string> settings)
    {
        foreach (KeyValuePair<string, string> setting in settings)
        {
            _changed[setting.Key] = (setting.Value, Environment.GetEnvironmentVariable(setting.Key));
            Environment.SetEnvironmentVariable(setting.Key, setting.Value);
        }
    }

    public SeedanceSimulatorInfo Describe(IReadOnlyDictionary<string, string> environment)
    {
        SimulatorCounts counts = server.Engine.Snapshot();
        return new SeedanceSimulatorInfo
        {
            Uri = Uri,
            Port = Port,
            Environment = environment,
            Accepted = counts.AcceptedTotal,
            Refused = counts.Refused,
            FaultsFired = counts.FaultsFired.Where(pair => pair.Value > 0)
                .ToDictionary(pair => pair.Key.ToString(), pair => (long)pair.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// Takes back the variables that still hold what was set here; where a later simulator has set them since, it inherits what to go back
    /// to.
    /// </summary>
    public void RestoreEnvironment(IEnumerable<RunningSimulator> others)
    {
        foreach (KeyValuePair<string, (string Set, string? Before)> change in _changed)
        {
            if (Environment.GetEnvironmentVariable(change.Key) == change.Value.Set)
            {
                Environment.SetEnvironmentVariable(change.Key, change.Value.Before);
            }

            foreach (RunningSimulator other in others)
            {
                if (other._changed.TryGetValue(change.Key, out var later) && later.Before == change.Value.Set)
                {
                    other._changed[change.Key] = (later.Set, change.Value.Before);
                }
            }
        }

        _changed.Clear();
    }

    public void Dispose() => server.Dispose();
}

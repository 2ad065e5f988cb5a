using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Endpoints;

/// <summary>What the requests of one engine share.</summary>
internal sealed class EngineState
{
    public EngineState(SimulatorOptions options, FaultScript script)
    {
        Options = options;
        Tasks = new TaskStore(options.Time);
        Uploads = new UploadStore(options.Time);
        Entropy = new Entropy(options.Seed, options.Time);
        Callbacks = new CallbackDispatcher(script, Tasks, options.Time);
    }

    public SimulatorOptions Options { get; }

    public TaskStore Tasks { get; }

    public UploadStore Uploads { get; }

    public Entropy Entropy { get; }

    public CallbackDispatcher Callbacks { get; }
}

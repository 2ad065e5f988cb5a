using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Endpoints;

/// <summary>What the requests of one engine share.</summary>
internal sealed class EngineState(SimulatorOptions options)
{
    public SimulatorOptions Options => options;

    public TaskStore Tasks { get; } = new(options.Time);

    public UploadStore Uploads { get; } = new(options.Time);

    public Entropy Entropy { get; } = new(options.Seed, options.Time);
}

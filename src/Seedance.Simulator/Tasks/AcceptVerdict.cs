namespace Seedance.Simulator.Tasks;

/// <summary>Whether an account may have one more job, and what it has.</summary>
internal readonly record struct AcceptVerdict(SimulatorTask? Task, bool TooPoor, decimal Available);

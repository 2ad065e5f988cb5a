namespace Seedance.Simulator.Faults;

/// <summary>The faults that may hit one request. A fault counts as fired only when someone asks for it and acts on it.</summary>
internal sealed class RequestFaults(FaultScript script, IReadOnlyList<SimulatorFault> hits)
{
    public SimulatorFault? Fire(SimulatorFaultKind kind)
    {
        foreach (SimulatorFault fault in hits)
        {
            if (fault.Kind == kind)
            {
                script.Fired(fault);
                return fault;
            }
        }

        return null;
    }

    public bool HidesUrl() => script.HidesUrl();
}

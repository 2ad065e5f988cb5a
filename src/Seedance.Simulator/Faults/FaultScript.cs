using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Faults;

/// <summary>Numbers the requests, finds the faults that hit each, and counts those that had an effect.</summary>
internal sealed class FaultScript
{
    private readonly object _gate = new();
    private readonly SimulatorFault[] _faults;
    private readonly int[] _numbers = new int[Enum.GetValues(typeof(SimulatorRequestKind)).Length];
    private readonly Dictionary<SimulatorFaultKind, int> _fired = [];
    private int _total;
    private int _successes;

    public FaultScript(IReadOnlyList<SimulatorFault> faults)
    {
        _faults = [.. faults];
        foreach (SimulatorFault fault in _faults)
        {
            if (FaultRules.Problem(fault) is { } problem)
            {
                throw new ArgumentException($"{fault}: {problem}", nameof(faults));
            }
        }
    }

    public RequestFaults Begin(SimulatorRequestKind kind)
    {
        lock (_gate)
        {
            bool isRequest = kind != SimulatorRequestKind.Callback;
            int total = isRequest ? ++_total : _total;
            int number = ++_numbers[(int)kind];
            List<SimulatorFault> hits = [];
            foreach (SimulatorFault fault in _faults)
            {
                SimulatorRequestKind? on = fault.On ?? FaultRules.OnlyOn(fault.Kind);
                bool hit = fault.Kind != SimulatorFaultKind.SuccessWithoutUrl && (on == kind || (on is null && isRequest))
                    && Covers(fault, on is null ? total : number);
                if (hit)
                {
                    hits.Add(fault);
                }
            }

            return new RequestFaults(this, hits);
        }
    }

    /// <summary>Called for each poll that would show success; true when its url is to be left out.</summary>
    public bool HidesUrl()
    {
        lock (_gate)
        {
            int number = ++_successes;
            SimulatorFault? hit = _faults.FirstOrDefault(fault => fault.Kind == SimulatorFaultKind.SuccessWithoutUrl
                && Covers(fault, number));
            if (hit is not null)
            {
                Count(hit);
            }

            return hit is not null;
        }
    }

    public void Fired(SimulatorFault fault)
    {
        lock (_gate)
        {
            Count(fault);
        }
    }

    public IReadOnlyDictionary<SimulatorFaultKind, int> FiredByKind()
    {
        lock (_gate)
        {
            return new Dictionary<SimulatorFaultKind, int>(_fired);
        }
    }

    public IReadOnlyDictionary<SimulatorRequestKind, int> RequestsByKind()
    {
        lock (_gate)
        {
            return Enumerable.Range(0, _numbers.Length).ToDictionary(kind => (SimulatorRequestKind)kind, kind => _numbers[kind]);
        }
    }

    private static bool Covers(SimulatorFault fault, int number) =>
        fault.Request == 0 || (number >= fault.Request && number - fault.Request < fault.Count);

    private void Count(SimulatorFault fault) => _fired[fault.Kind] = (_fired.TryGetValue(fault.Kind, out int count) ? count : 0) + 1;
}

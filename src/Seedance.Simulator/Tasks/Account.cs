namespace Seedance.Simulator.Tasks;

/// <summary>One key's money and unfinished jobs at one host. A job reserves its price, and pays it only if it succeeds.</summary>
internal sealed class Account(decimal start)
{
    private readonly List<SimulatorTask> _open = [];
    private readonly decimal _start = start;
    private decimal _paid;

    public int OpenTasks => _open.Count;

    public decimal Total => _start - _paid;

    public decimal Available { get; private set; } = start;

    public void Reserve(SimulatorTask task)
    {
        _open.Add(task);
        Available -= task.Price;
    }

    public void Settle(Func<SimulatorTask, SimulatorTaskState> stateOf) => _open.RemoveAll(task =>
    {
        switch (stateOf(task))
        {
            case SimulatorTaskState.Queued or SimulatorTaskState.Running:
                return false;
            case SimulatorTaskState.Succeeded:
                _paid += task.Price;
                return true;
            default: // Failures are free: Muapi's guide says so, Seedance2Ai's page is silent (sheets, 2026-09).
                Available += task.Price;
                return true;
        }
    });
}

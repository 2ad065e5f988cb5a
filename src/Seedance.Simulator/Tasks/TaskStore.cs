namespace Seedance.Simulator.Tasks;

/// <summary>All accepted jobs and the accounts that pay for them; knows no dialect.</summary>
internal sealed class TaskStore(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly List<SimulatorTask> _tasks = [];
    private readonly Dictionary<(string Dialect, string Id), SimulatorTask> _byId = [];
    private readonly Dictionary<(string Dialect, string Id), DateTimeOffset> _cancelled = [];
    private readonly HashSet<(string Dialect, string Id)> _forgotten = [];
    private readonly Dictionary<(string Dialect, string Key), Account> _accounts = [];

    /// <summary>Reserves the price and a slot, or says which of both is missing.</summary>
    public AcceptVerdict Accept(SimulatorTask task, decimal startBalance, int concurrency, Func<SimulatorTask, SimulatorTask> complete)
    {
        lock (_gate)
        {
            Account account = Settled(task.Dialect, task.Account, startBalance);
            bool tooPoor = task.Price > account.Available;
            if (tooPoor || (concurrency > 0 && account.OpenTasks >= concurrency))
            {
                return new AcceptVerdict(null, tooPoor, account.Available);
            }

            task = complete(task); // Only now: a refused request must not use up a scripted fault.
            _tasks.Add(task);
            _byId[(task.Dialect, task.Id)] = task;
            account.Reserve(task);
            return new AcceptVerdict(task, TooPoor: false, account.Available);
        }
    }

    public SimulatorTask? Find(string dialect, string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue((dialect, id), out SimulatorTask? task) && !_forgotten.Contains((dialect, id)) ? task : null;
        }
    }

    public SimulatorTaskState StateOf(SimulatorTask task)
    {
        lock (_gate)
        {
            return State(task);
        }
    }

    public DateTimeOffset EndOf(SimulatorTask task)
    {
        lock (_gate)
        {
            return _cancelled.TryGetValue((task.Dialect, task.Id), out DateTimeOffset at) ? at : task.EndsAt;
        }
    }

    /// <summary>False when the job has ended already.</summary>
    public bool Cancel(SimulatorTask task)
    {
        lock (_gate)
        {
            if (State(task) is not (SimulatorTaskState.Queued or SimulatorTaskState.Running))
            {
                return false;
            }

            _cancelled[(task.Dialect, task.Id)] = time.GetUtcNow();
            return true;
        }
    }

    /// <summary>The host no longer knows the job; what was accepted stays counted and paid.</summary>
    public void Forget(SimulatorTask task)
    {
        lock (_gate)
        {
            _forgotten.Add((task.Dialect, task.Id));
        }
    }

    public (decimal Total, decimal Available) Balance(string dialect, string key, decimal startBalance)
    {
        lock (_gate)
        {
            Account account = Settled(dialect, key, startBalance);
            return (account.Total, account.Available);
        }
    }

    public IReadOnlyList<SimulatorTask> Snapshot()
    {
        lock (_gate)
        {
            return [.. _tasks];
        }
    }

    public IReadOnlyList<SimulatorTask> Newest(string dialect, int count)
    {
        lock (_gate)
        {
            return [.. Enumerable.Reverse(_tasks).Where(task => task.Dialect == dialect && !_forgotten.Contains((dialect, task.Id)))
                .Take(count)];
        }
    }

    public IReadOnlyDictionary<string, int> CountByDialect()
    {
        lock (_gate)
        {
            return _tasks.GroupBy(task => task.Dialect, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        }
    }

    private Account Settled(string dialect, string key, decimal startBalance)
    {
        if (!_accounts.TryGetValue((dialect, key), out Account? account))
        {
            _accounts[(dialect, key)] = account = new Account(startBalance);
        }

        account.Settle(State);
        return account;
    }

    private SimulatorTaskState State(SimulatorTask task) =>
        _cancelled.ContainsKey((task.Dialect, task.Id)) ? SimulatorTaskState.Cancelled : task.StateAt(time.GetUtcNow());
}

namespace Seedance;

/// <summary>
/// Works on several items at once, and delivers what came of each in the order in which they began. What is under way goes on between two
/// calls, while the pipeline is upstream. For one thread at a time.
/// </summary>
internal sealed class OrderedWork : IDisposable
{
    private const int MostAtOnce = 8; // As many as write to the store at once; how fast a host is asked, its limiter decides.
    private readonly Queue<Item> _running = new();
    private readonly CancellationTokenSource _cancel = new();

    public bool HasRoom => _running.Count < MostAtOnce;

    public bool IsIdle => _running.Count == 0;

    /// <summary>The work says what concerns its item; what it throws ends the command.</summary>
    public void Begin(Func<IOperationOutput, CancellationToken, Task> work)
    {
        BufferedOutput held = new();
        _running.Enqueue(new Item(Task.Run(() => work(held, _cancel.Token), CancellationToken.None), held));
    }

    /// <summary>Begins as soon as there is room.</summary>
    public async Task AddAsync(Func<IOperationOutput, CancellationToken, Task> work, IOperationOutput output, CancellationToken stop)
    {
        if (!HasRoom)
        {
            await DeliverNextAsync(output, stop).ConfigureAwait(false);
        }

        Begin(work);
        DeliverEnded(output);
    }

    /// <summary>What has ended, as far as all before it has.</summary>
    public void DeliverEnded(IOperationOutput output)
    {
        while (!IsIdle && _running.Peek().Task.IsCompleted)
        {
            Deliver(output);
        }
    }

    /// <summary>Waits for the one that began first.</summary>
    public async Task DeliverNextAsync(IOperationOutput output, CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(_cancel.Cancel);
        await Task.WhenAny(_running.Peek().Task).ConfigureAwait(false);
        Deliver(output);
    }

    public async Task FinishAsync(IOperationOutput output, CancellationToken stop)
    {
        while (!IsIdle)
        {
            await DeliverNextAsync(output, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Stops what is under way.</summary>
    public void Dispose() => _cancel.Cancel();

    private void Deliver(IOperationOutput output)
    {
        (Task task, BufferedOutput held) = _running.Dequeue();
        held.DrainTo(output);
        task.GetAwaiter().GetResult();
    }

    private sealed record Item(Task Task, BufferedOutput Held);
}

using System.Runtime.ExceptionServices;

namespace Seedance.Downloads;

/// <summary>A buffer that several queues work on; the last to be done with it gives it back.</summary>
internal sealed class Block(int size, Action<Block> giveBack)
{
    private int _users;

    public byte[] Bytes { get; } = new byte[size];

    public int Count { get; private set; }

    public void Lend(int count, int users)
    {
        Count = count;
        Volatile.Write(ref _users, users);
    }

    public void Done()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            giveBack(this);
        }
    }
}

/// <summary>
/// Does one thing to each block, in their order, on a thread of its own from the first block to the end: the pool has as many threads as
/// the machine has cores, and two such queues would leave the network none. After a failure the rest is passed over.
/// </summary>
internal sealed class BlockQueue(Action<byte[], int> work)
{
    private readonly Queue<Block> _blocks = new();
    private Task? _running;
    private bool _ended;
    private volatile ExceptionDispatchInfo? _error;

    public bool HasFailed => _error is not null;

    public void Add(Block block)
    {
        lock (_blocks)
        {
            _blocks.Enqueue(block);
            _running ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Monitor.Pulse(_blocks);
        }
    }

    /// <summary>Nothing comes any more. Done when everything that came is; what went wrong is for <see cref="ThrowIfFailed"/>.</summary>
    public Task EndAsync()
    {
        lock (_blocks)
        {
            _ended = true;
            Monitor.Pulse(_blocks);
            return _running ?? Task.CompletedTask;
        }
    }

    public void ThrowIfFailed() => _error?.Throw();

    private void Run()
    {
        while (Next() is { } block)
        {
            try
            {
                if (_error is null)
                {
                    work(block.Bytes, block.Count);
                }
            }
            catch (Exception error)
            {
                _error = ExceptionDispatchInfo.Capture(error);
            }

            block.Done();
        }
    }

    private Block? Next()
    {
        lock (_blocks)
        {
            while (_blocks.Count == 0 && !_ended)
            {
                Monitor.Wait(_blocks);
            }

            return _blocks.Count > 0 ? _blocks.Dequeue() : null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Seedance.Saving;

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
/// Does one thing to each block, in their order and off the adding thread. A thread is held only while there are blocks, and all that came meanwhile are done
/// in one go: starting a task for each costs more than the work. After a failure the rest is passed over.
/// </summary>
internal sealed class BlockQueue(Action<byte[], int> work)
{
    private readonly Queue<Block> _blocks = new();
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private volatile ExceptionDispatchInfo? _fault;

    public bool HasFailed => _fault is not null;

    public void Add(Block block)
    {
        lock (_blocks)
        {
            _blocks.Enqueue(block);
            if (!_isRunning)
            {
                _isRunning = true;
                _running = Task.Run(Run);
            }
        }
    }

    /// <summary>Waits until everything that was added is done; adds nothing to what went wrong.</summary>
    public Task EndAsync()
    {
        lock (_blocks)
        {
            return _running;
        }
    }

    public void ThrowIfFailed() => _fault?.Throw();

    private void Run()
    {
        while (true)
        {
            Block block;
            lock (_blocks)
            {
                if (_blocks.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                block = _blocks.Dequeue();
            }

            try
            {
                if (_fault is null)
                {
                    work(block.Bytes, block.Count);
                }
            }
            catch (Exception error)
            {
                _fault = ExceptionDispatchInfo.Capture(error);
            }

            block.Done();
        }
    }
}

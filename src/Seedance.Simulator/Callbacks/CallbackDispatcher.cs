using System.Collections.Concurrent;
using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Callbacks;

/// <summary>
/// Calls the addresses that requests named, at the changes of their jobs and as often as their hosts would. Only addresses of this machine
/// are called: nobody else asked to hear of pretended jobs.
/// </summary>
internal sealed class CallbackDispatcher(FaultScript script, TaskStore tasks, TimeProvider time)
{
    private readonly CallbackSender _sender = new(time);
    private readonly ConcurrentDictionary<SimulatorTask, (TaskCompletionSource<bool> Ended, CancellationTokenSource Stop)> _open = new();
    private readonly ConcurrentQueue<SimulatorCallback> _sent = new();

    public IReadOnlyList<SimulatorCallback> Sent => [.. _sent];

    public void Follow(CallbackPlan plan)
    {
        if (plan.Address.IsLoopback)
        {
            _ = FollowAsync(plan);
        }
    }

    /// <summary>The job has ended before its time.</summary>
    public void Cancelled(SimulatorTask task)
    {
        if (_open.TryGetValue(task, out var followed))
        {
            followed.Ended.TrySetResult(true);
        }
    }

    /// <summary>Nobody who was to be called is called any more.</summary>
    public void Stop()
    {
        foreach (var followed in _open.Values)
        {
            try
            {
                followed.Stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // Its last call is over.
            }
        }
    }

    private async Task FollowAsync(CallbackPlan plan)
    {
        SimulatorTask task = plan.Task;
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stop = new();
        _open[task] = (ended, stop);
        List<Task> calls = [];
        List<SimulatorTaskState> held = [];
        try
        {
            calls.Add(TellAsync(plan, SimulatorTaskState.Queued, held, stop.Token));
            await UntilAsync(task.AcceptedAt + task.QueueTime, ended.Task, stop.Token).ConfigureAwait(false);
            if (!ended.Task.IsCompleted)
            {
                calls.Add(TellAsync(plan, SimulatorTaskState.Running, held, stop.Token));
                await UntilAsync(task.Outcome == SimulatorTaskOutcome.NeverEnds ? null : task.EndsAt, ended.Task, stop.Token)
                    .ConfigureAwait(false);
            }

            calls.Add(TellAsync(plan, tasks.StateOf(task), held, stop.Token));
            await Task.WhenAll(calls).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The engine is of no more use to anybody.
        }
        finally
        {
            _open.TryRemove(task, out _);
        }
    }

    private async Task UntilAsync(DateTimeOffset? moment, Task ended, CancellationToken stop)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task reached = moment is { } at ? time.UntilAsync(at, either.Token) : time.After(Timeout.InfiniteTimeSpan, either.Token);
        await Task.WhenAny(reached, ended).ConfigureAwait(false);
        either.Cancel();
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Calls about a state, as far as the host does and the script lets it.</summary>
    private async Task TellAsync(CallbackPlan plan, SimulatorTaskState state, List<SimulatorTaskState> held, CancellationToken stop)
    {
        if (!plan.Tells(state))
        {
            return;
        }

        RequestFaults faults = script.Begin(SimulatorRequestKind.Callback);
        bool isForged = faults.Fire(SimulatorFaultKind.CallbackForged) is not null;
        bool isEnd = state is not (SimulatorTaskState.Queued or SimulatorTaskState.Running);
        List<SimulatorTaskState> calls = faults.Fire(SimulatorFaultKind.CallbackLost) is not null ? []
            : faults.Fire(SimulatorFaultKind.CallbackTwice) is not null ? [state, state]
            : [state];
        if (faults.Fire(SimulatorFaultKind.CallbackOutOfOrder) is not null)
        {
            held.AddRange(isEnd ? [SimulatorTaskState.Running] : calls); // What is older comes behind the end.
            calls = isEnd ? calls : [];
        }

        if (isEnd)
        {
            calls.AddRange(held);
        }

        TimeSpan late = faults.Fire(SimulatorFaultKind.Delay)?.Delay ?? TimeSpan.Zero;
        if (isForged)
        {
            await SendOnceAsync(plan, state, isForged: true, stop).ConfigureAwait(false);
        }

        if (late > TimeSpan.Zero)
        {
            await time.After(late, stop).ConfigureAwait(false);
        }

        foreach (SimulatorTaskState told in calls)
        {
            await CallAsync(plan, told, stop).ConfigureAwait(false);
        }
    }

    private async Task CallAsync(CallbackPlan plan, SimulatorTaskState state, CancellationToken stop)
    {
        bool acknowledged = await SendOnceAsync(plan, state, isForged: false, stop).ConfigureAwait(false);
        for (int retry = 0; retry < plan.Terms.RetrySeconds.Length && !acknowledged; retry++)
        {
            await time.After(TimeSpan.FromSeconds(plan.Terms.RetrySeconds[retry]), stop).ConfigureAwait(false);
            acknowledged = await SendOnceAsync(plan, state, isForged: false, stop).ConfigureAwait(false);
        }
    }

    private async Task<bool> SendOnceAsync(CallbackPlan plan, SimulatorTaskState state, bool isForged, CancellationToken stop)
    {
        CallbackMessage message = plan.Spell(state, isForged);
        DateTimeOffset at = time.GetUtcNow();
        int status = await _sender.SendAsync(plan.Address, message, plan.Terms.Patience, stop).ConfigureAwait(false);
        _sent.Enqueue(
            new SimulatorCallback(plan.Task.Dialect, plan.Task.Id, plan.Address, message.Body, message.Headers, at) { IsForged = isForged,
            Status = status });
        return status is >= 200 and < 300;
    }
}

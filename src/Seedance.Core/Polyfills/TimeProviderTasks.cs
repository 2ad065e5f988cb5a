namespace Seedance;

/// <summary>Delays and deadlines of a <see cref="TimeProvider"/>, spelled the same on both target frameworks.</summary>
internal static class TimeProviderTasks
{
    /// <summary>Completes after <paramref name="delay"/> of this clock's time.</summary>
    public static Task After(this TimeProvider time, TimeSpan delay, CancellationToken stop) =>
#if NETSTANDARD2_0
        time.Delay(delay, stop);
#else
        Task.Delay(delay, time, stop);
#endif

    /// <summary>A token source that cancels itself after <paramref name="delay"/> of this clock's time.</summary>
    public static CancellationTokenSource Deadline(this TimeProvider time, TimeSpan delay) =>
#if NETSTANDARD2_0
        time.CreateCancellationTokenSource(delay);
#else
        new(delay, time);
#endif

    /// <summary>Waits for <paramref name="task"/> no longer than <paramref name="stop"/> allows; the task itself goes on.</summary>
    public static async Task<T> OrStop<T>(this Task<T> task, CancellationToken stop)
    {
        if (task.IsCompleted || !stop.CanBeCanceled)
        {
            return await task.ConfigureAwait(false);
        }

        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), stopped))
        {
            if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) != task)
            {
                throw new OperationCanceledException(stop);
            }
        }

        return await task.ConfigureAwait(false);
    }
}

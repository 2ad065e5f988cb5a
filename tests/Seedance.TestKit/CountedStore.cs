using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>
/// A store that tells how many of its operations have not ended, for a clock that stands still meanwhile. Listings are not counted.
/// </summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is made by deriving from it.")]
internal class CountedStore : DispatchProxy, IDisposable
{
    private static readonly MethodInfo s_count = typeof(CountedStore)
        .GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private IJobStore _inner = null!;
    private Pulse _changed = null!;
    private int _underWay;
    private int _begun;

    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many it has been asked for.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <param name="inner">What it counts.</param>
    /// <param name="changed">Beats when an operation has ended.</param>
    public static (IJobStore Store, CountedStore Count) Around(IJobStore inner, Pulse changed)
    {
        IJobStore proxy = Create<IJobStore, CountedStore>();
        CountedStore count = (CountedStore)proxy;
        count._inner = inner;
        count._changed = changed;
        return (proxy, count);
    }

    public void Dispose()
    {
        (_inner as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Type type = targetMethod!.ReturnType;
        bool isTask = typeof(Task).IsAssignableFrom(type);
        if (isTask)
        {
            Interlocked.Increment(ref _underWay);
            Interlocked.Increment(ref _begun);
        }

        object? result = targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        return !isTask ? result
            : type.IsGenericType ? s_count.MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(this, [result])
            : CountPlainAsync((Task)result!);
    }

    private async Task CountPlainAsync(Task operation)
    {
        try
        {
            await operation.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            _changed.Beat();
        }
    }

    private async Task<T> CountAsync<T>(Task<T> operation)
    {
        await CountPlainAsync(operation).ConfigureAwait(false);
        return await operation.ConfigureAwait(false);
    }
}

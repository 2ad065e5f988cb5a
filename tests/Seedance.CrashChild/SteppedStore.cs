using System.Reflection;
using Seedance.Store;

namespace Seedance.CrashChild;

/// <summary>
/// A store with a step before and after each of its operations. Made from the interface's own methods, so that an operation that the store
/// learns later is a step, too.
/// </summary>
internal class SteppedStore : DispatchProxy
{
    private static readonly MethodInfo s_after = typeof(SteppedStore)
        .GetMethod(nameof(AfterAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private IJobStore _inner = null!;
    private Steps _steps = null!;

    public static IJobStore Around(IJobStore inner, Steps steps)
    {
        IJobStore proxy = Create<IJobStore, SteppedStore>();
        ((SteppedStore)proxy)._inner = inner;
        ((SteppedStore)proxy)._steps = steps;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        string name = targetMethod!.Name;
        _steps.At("before " + name);
        object? result = targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        Type type = targetMethod.ReturnType;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)
            ? s_after.MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(this, [result, name])
            : type == typeof(Task) ? AfterPlainAsync((Task)result!, name)
            : result;
    }

    private async Task AfterPlainAsync(Task task, string name)
    {
        await task.ConfigureAwait(false);
        _steps.At("after " + name);
    }

    private async Task<T> AfterAsync<T>(Task<T> task, string name)
    {
        T result = await task.ConfigureAwait(false);
        _steps.At("after " + name);
        return result;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>A store that fails at one of its operations while the test says so.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is made by deriving from it.")]
internal class FailingStore : DispatchProxy
{
    private IJobStore _inner = null!;
    private Switch _switch = null!;

    public static IJobStore Around(IJobStore inner, Switch at)
    {
        IJobStore proxy = Create<IJobStore, FailingStore>();
        ((FailingStore)proxy)._inner = inner;
        ((FailingStore)proxy)._switch = at;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == _switch.Fails)
        {
            _switch.Failures++;
            SeedanceException error = new(ErrorCode.StoreFailure, "Could not write: no space left on the device.");
            return targetMethod.ReturnType.IsGenericType
                ? typeof(Task)
                    .GetMethod(nameof(Task.FromException), 1,
                    [typeof(Exception)])!.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()[0]).Invoke(null, [error])
                : Task.FromException(error);
        }

        _switch.Strike?.Invoke(targetMethod.Name);
        return targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }

    /// <summary>What fails now.</summary>
    internal sealed class Switch
    {
        /// <summary>The operation's name; null lets all succeed.</summary>
        public string? Fails { get; set; }

        public int Failures { get; set; }

        /// <summary>Told of every operation before it begins; what it throws, the operation throws.</summary>
        public Action<string>? Strike { get; set; }
    }
}

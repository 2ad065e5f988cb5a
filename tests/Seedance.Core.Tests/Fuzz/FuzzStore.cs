using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.Core.Tests.Fuzz;

/// <summary>A store of one record, without a disk.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is made by deriving from it.")]
internal class FuzzStore : DispatchProxy
{
    public StoredJob Record { get; set; } = new(new SeedanceJob());

    public static (IJobStore Store, FuzzStore Control) Make()
    {
        IJobStore store = Create<IJobStore, FuzzStore>();
        return (store, (FuzzStore)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args!.OfType<Func<StoredJob, StoredJob>>().FirstOrDefault() is { } change)
        {
            Record = change(Record);
        }

        Type type = targetMethod!.ReturnType;
        return targetMethod.Name is nameof(IJobStore.FindAsync) or nameof(IJobStore.FindByProviderJobIdAsync)
            or nameof(IJobStore.UpdateAsync) or nameof(IJobStore.ClaimAsync)
            ? Task.FromResult<StoredJob?>(Record)
            : type == typeof(Task) ? Task.CompletedTask
            : type == typeof(Task<IReadOnlyList<JobLease>>)
                ? Task.FromResult<IReadOnlyList<JobLease>>([new JobLease(Record.Job.Id, Record.Term)])
            : type == typeof(Task<StoredJob?>) ? Task.FromResult<StoredJob?>(null)
            : type == typeof(Task<bool>) ? Task.FromResult(true)
            : type == typeof(Task<IReadOnlyList<JobLease>>)
                ? Task.FromResult<IReadOnlyList<JobLease>>([.. ((IReadOnlyList<string>)args![0]!).Select(id => new JobLease(id, Term: 1))])
            : type == typeof(Task<IReadOnlyList<TimeSpan>>) ? Task.FromResult<IReadOnlyList<TimeSpan>>([])
            : throw new NotSupportedException(targetMethod.Name);
    }
}

using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>Takes a job as it comes back from Clixml, JSON or a background job for the job that it was.</summary>
internal sealed class JobObjectAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Value(inputData) is object?[] items
        ? items.Select(item => Read(item) ?? item).ToArray()
        : Read(inputData) ?? inputData;

    private static SeedanceJob? Read(object? item) =>
        item is PSObject { BaseObject: not (SeedanceJob or string) } bag
            ? JobBag.Read(name => Unwrapped.Deep(bag.Properties[name]?.Value))
            : null;
}

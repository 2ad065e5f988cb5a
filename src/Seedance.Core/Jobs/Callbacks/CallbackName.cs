using Seedance.Providers;

namespace Seedance.Jobs.Callbacks;

/// <summary>A job that a callback may mean: whose it would be, and its id there.</summary>
internal sealed record CallbackName(IProviderAdapter Adapter, string Id)
{
    /// <summary>The call says that the job goes on.</summary>
    public bool IsProgress { get; init; }
}

using Seedance.Providers;

namespace Seedance.Jobs.Callbacks;

/// <summary>A job that a callback may mean: whose it would be, and its id there.</summary>
internal sealed record CallbackName(IProviderAdapter Adapter, string Id);

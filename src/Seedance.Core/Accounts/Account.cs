using System;
using Seedance.Http;
using Seedance.Providers;
using Seedance.Spending;
using Seedance.Wire;

namespace Seedance.Accounts;

/// <summary>Who is paid, with what key, and by which way: the answer to DESIGN's "which account". Lives in memory only.</summary>
internal sealed class Account
{
    private readonly string? _key;

    public Account(IProviderAdapter adapter, Uri baseUri, string? key)
    {
        Adapter = adapter;
        BaseUri = baseUri;
        _key = key;
        Redactor = Redactor.For(key);
        Network = new NetworkSettings { Compression = adapter.Provider.AcceptsCompression };
    }

    public IProviderAdapter Adapter { get; }

    public string Provider => Adapter.Provider.Name;

    public string? Profile { get; init; }

    public Uri BaseUri { get; }

    public NetworkSettings Network { get; init; }

    /// <summary>The model of the profile, for requests that name none.</summary>
    public string? DefaultModel { get; init; }

    public int Concurrency { get; init; }

    /// <summary>What the profile may spend; null where it has no caps.</summary>
    public SpendCaps? Caps { get; init; }

    public Redactor Redactor { get; }

    public WireRequest Sign(WireRequest request) => _key is null ? request : Adapter.Sign(request, _key);
}

using Seedance.Catalogue;
using Seedance.Providers;
using Seedance.Spending;
using Seedance.Wire;

namespace Seedance.Accounts;

/// <summary>Who is paid, with what key, and by which way: the answer to DESIGN's "which account". Lives in memory only.</summary>
internal sealed class Account
{
    private readonly string? _key;
    private readonly string? _secondKey;

    public Account(IProviderAdapter adapter, Uri baseUri, string? key, string? secondKey = null)
    {
        Adapter = adapter;
        BaseUri = baseUri;
        _key = key;
        _secondKey = secondKey;
        Redactor = Redactor.For(key, secondKey);
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

    /// <summary>
    /// A submit that the host answers with a server error in its own words, and with no id, is sent again: the host promises that it made
    /// no job, and the user takes its word. Without the user's word such a job is unconfirmed.
    /// </summary>
    public bool RepeatsServerErrors { get; init; }

    /// <summary>What the models can do, as this account's user knows it.</summary>
    public ModelCatalogue Catalogue { get; init; } = ModelCatalogue.BuiltIn;

    /// <summary>What the profile may spend; null where it has no caps.</summary>
    public SpendCaps? Caps { get; init; }

    /// <summary>
    /// Nobody can be paid, whether or not an answer comes to say so: the simulator itself, or an address on this machine with the key that
    /// opens nothing else. Another key on loopback may be somebody's own gateway to a real account.
    /// </summary>
    public bool IsSimulated => Adapter.Provider.IsSimulator || (BaseUri.IsLoopback && _key == SimulatorEnvironment.Key);

    public Redactor Redactor { get; }

    /// <summary>The variable that was looked up for the second secret, for the error that says it is missing.</summary>
    public string? SecondKeyVariable { get; init; }

    public WireRequest Sign(WireRequest request)
    {
        string? key = request.NeedsSecondKey ? _secondKey ?? throw NoSecondKey() : _key;
        return key is null ? request : Adapter.Sign(request, key);
    }

    /// <summary>
    /// Where a request goes: the account's own address, or the route's where the user set none. Behind an address that ends like the host's
    /// own, such as a mirror's or a proxy's, a route that the host keeps apart keeps its own path.
    /// </summary>
    public Uri BaseOf(WireRequest request)
    {
        if (request.BaseUri is not { } apart || BaseUri == Adapter.Provider.BaseUri)
        {
            return request.BaseUri ?? BaseUri;
        }

        string usual = Adapter.Provider.BaseUri.AbsolutePath.TrimEnd('/');
        string path = BaseUri.AbsolutePath.TrimEnd('/');
        return usual.Length > 0 && path.EndsWith(usual, StringComparison.Ordinal)
            ? new Uri(BaseUri, path.Substring(0, path.Length - usual.Length) + apart.AbsolutePath)
            : BaseUri;
    }

    private SeedanceException NoSecondKey()
    {
        string variable = SecondKeyVariable ?? Adapter.Provider.SecondKeyVariable ?? "its variable";
        return new SeedanceException(
            ErrorCode.CredentialMissing,
            Provider + " wants a second secret for this, which is not configured: the environment variable " + variable + " is not set.")
        {
            Provider = Provider,
            RecommendedAction = "Set " + variable + " to the secret that the provider's account page shows beside the key.",
        };
    }
}

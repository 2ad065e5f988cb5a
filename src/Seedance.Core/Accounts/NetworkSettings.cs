namespace Seedance.Accounts;

/// <summary>How an account's calls leave the machine.</summary>
internal sealed record NetworkSettings
{
    public Uri? Proxy { get; init; }

    public bool NoProxy { get; init; }

    /// <summary>Whether compressed answers are asked for; not where a gateway mislabels them (APIYI, 2026).</summary>
    public bool Compression { get; init; } = true;
}

namespace Seedance.Accounts;

/// <summary>What a user said about whom to pay.</summary>
internal sealed record AccountSelection
{
    public string? Profile { get; init; }

    public string? Provider { get; init; }

    /// <summary>A key given by hand; wins over every reference.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The base address that took a job; later questions about it go to the same one.</summary>
    public System.Uri? Endpoint { get; init; }
}

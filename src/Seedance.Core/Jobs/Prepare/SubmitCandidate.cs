using Seedance.Accounts;
using Seedance.Models;

namespace Seedance.Jobs.Prepare;

/// <summary>
/// An account that a request may go to, with the request checked and priced for it: once, whoever looks at it afterwards.
/// </summary>
internal sealed record SubmitCandidate
{
    /// <summary>The account's provider, or its profile where only that was named.</summary>
    public required string Provider { get; init; }

    public string? Profile { get; init; }

    /// <summary>Null where the account cannot take the request, and <see cref="Refusal"/> says why.</summary>
    public PreparedSubmit? Prepared { get; init; }

    public SeedanceException? Refusal { get; init; }

    public static SubmitCandidate Of(AccountChoice choice, VideoRequest request, RequestTerms? terms = null)
    {
        SubmitCandidate candidate = new()
        {
            Provider = choice.Provider ?? choice.Profile ?? choice.Account?.Provider ?? string.Empty,
            Profile = choice.Profile,
        };
        if (choice.Account is not { } account)
        {
            return candidate with { Refusal = choice.Refusal };
        }

        try
        {
            return candidate with { Prepared = PrepareSubmit.Run(account, request, terms) };
        }
        catch (Exception error)
        {
            return candidate with { Refusal = Unforeseen.Of(error, request.Prompt) };
        }
    }
}

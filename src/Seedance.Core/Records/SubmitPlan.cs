using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>
/// What a worker needs to submit a planned job as its user would have: the request as it was asked for, and on what terms.
/// </summary>
internal sealed record SubmitPlan
{
    public VideoRequest Asked { get; init; } = new();

    /// <summary>Whom to ask, in order, by the names that the user gave; neither name means the default account.</summary>
    public IReadOnlyList<(string? Profile, string? Provider)> Accounts { get; init; } = [];

    /// <summary>The higher is taken first.</summary>
    public int Priority { get; init; }

    public RequestTerms Terms { get; init; } = RequestTerms.None;

    public decimal? MaxCost { get; init; }

    public bool Force { get; init; }

    public bool ContinueUnconfirmed { get; init; }

    public static SubmitPlan Fields(DocumentFields document, SubmitPlan plan) => new()
    {
        Asked = document.Part("asked", plan.Asked, RequestDocument.Fields) ?? new VideoRequest(),
        Accounts = document.Parts("accounts", plan.Accounts, Account),
        Priority = document.Integer("priority", plan.Priority) ?? 0,
        Terms = new RequestTerms
        {
            Shape = document.Word("shape", plan.Terms.Shape, RequestShape.AsAsked),
            Fixed = document.Texts("fixed", plan.Terms.Fixed),
            ChosenSeed = document.Long("chosenSeed", plan.Terms.ChosenSeed),
            Filled = document.Texts("filled", plan.Terms.Filled),
            AllowUnknownModel = document.Switch("allowUnknownModel", plan.Terms.AllowUnknownModel),
        },
        MaxCost = document.Number("maxCost", plan.MaxCost),
        Force = document.Switch("force", plan.Force),
        ContinueUnconfirmed = document.Switch("continueUnconfirmed", plan.ContinueUnconfirmed),
    };

    private static (string? Profile, string? Provider) Account(
        DocumentFields document, (string? Profile, string? Provider) account) =>
        (document.Text("profile", account.Profile), document.Text("provider", account.Provider));
}

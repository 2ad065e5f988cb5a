using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>
/// What a worker needs to submit a planned job as its user would have: the request as it was asked for, and on what terms.
/// </summary>
internal sealed record SubmitPlan(VideoRequest Asked)
{
    /// <summary>Whom to ask, in order, by the names that the user gave; neither name means the default account.</summary>
    public IReadOnlyList<(string? Profile, string? Provider)> Accounts { get; init; } = [];

    /// <summary>The higher is taken first.</summary>
    public int Priority { get; init; }

    public RequestTerms Terms { get; init; } = RequestTerms.None;

    public decimal? MaxCost { get; init; }

    public bool Force { get; init; }

    public bool ContinueUnconfirmed { get; init; }

    public JsonObject Write() => JobDocument.Compact(new JsonObject
    {
        ["asked"] = RequestDocument.Write(Asked),
        ["accounts"] = new JsonArray(
            [.. Accounts.Select(account => JobDocument.Compact(
                new JsonObject { ["profile"] = account.Profile, ["provider"] = account.Provider }))]),
        ["priority"] = Priority,
        ["shape"] = Terms.Shape == RequestShape.AsAsked ? null : Terms.Shape.ToString(),
        ["fixed"] = Terms.Fixed.Count == 0 ? null : new JsonArray([.. Terms.Fixed.Select(name => JsonValue.Create(name))]),
        ["chosenSeed"] = Terms.ChosenSeed,
        ["allowUnknownModel"] = Terms.AllowUnknownModel ? true : null,
        ["maxCost"] = MaxCost,
        ["force"] = Force ? true : null,
        ["continueUnconfirmed"] = ContinueUnconfirmed ? true : null,
    });

    public static SubmitPlan? Read(WireNode node) => !node.IsObject ? null : new SubmitPlan(RequestDocument.Read(node["asked"]))
    {
        Accounts = [.. node["accounts"].Items.Select(account => (account["profile"].Text, account["provider"].Text))],
        Priority = node["priority"].Integer ?? 0,
        Terms = new RequestTerms
        {
            Shape = Enum.TryParse(node["shape"].Text, out RequestShape shape) ? shape : RequestShape.AsAsked,
            Fixed = [.. node["fixed"].Items.Select(name => name.Text).OfType<string>()],
            ChosenSeed = node["chosenSeed"].Long,
            AllowUnknownModel = node["allowUnknownModel"].Flag ?? false,
        },
        MaxCost = node["maxCost"].Number,
        Force = node["force"].Flag ?? false,
        ContinueUnconfirmed = node["continueUnconfirmed"].Flag ?? false,
    };
}

using System.Text.Json.Nodes;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>Balance and usage of the billing base; money is text (the vendor's MCP server, 2026-09).</summary>
internal static class AtlasCloudAccount
{
    public static JsonObject Balance(decimal total, decimal available) => new()
    {
        ["object"] = "balance",
        ["scope"] = "account",
        ["account"] = new JsonObject { ["id"] = "acc_1", ["name"] = "Someone", ["type"] = "personal" },
        ["available"] = Money(available),
        ["cash"] = Money(available),
        ["bonus"] = Money(0),
        ["subscription_bonus"] = Money(0),
        ["frozen"] = Money(total - available),
        ["credit_grant"] = new JsonObject { ["status"] = "none", ["granted"] = Text(0), ["used"] = Text(0) },
        ["request_id"] = "req_sim",
    };

    /// <summary>What the succeeded jobs cost, by model. The page gives the route and not the body, so the names are guessed.</summary>
    public static JsonObject Usage(IEnumerable<SimulatorTask> paid) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. paid.GroupBy(task => task.Fields["model"]).Select(group => new JsonObject
        {
            ["model"] = group.Key,
            ["requests"] = group.Count(),
            ["cost"] = Money(group.Sum(task => task.Price)),
        })]),
    };

    private static JsonObject Money(decimal value) => new() { ["value"] = Text(value), ["currency"] = "USD" };

    private static string Text(decimal value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}

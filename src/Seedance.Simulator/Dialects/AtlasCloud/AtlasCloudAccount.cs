using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;

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
        ["credit_grant"] = new JsonObject { ["status"] = "none", ["granted"] = Money(0), ["used"] = Money(0) },
        ["request_id"] = "req_sim",
    };

    /// <summary>
    /// What the succeeded jobs cost, or how many they were, in a bucket per UTC day (types of the vendor's MCP server 1.7.0; the rows'
    /// names are guessed).
    /// </summary>
    public static JsonObject Usage(IEnumerable<SimulatorTask> paid, bool costs) => new()
    {
        ["object"] = "list",
        ["scope"] = "self",
        ["data"] = new JsonArray(
            [.. paid.GroupBy(task => task.AcceptedAt.UtcDateTime.Date).OrderBy(day => day.Key).Select(day => (JsonNode)new JsonObject
        {
            ["date"] = day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["partial"] = false,
            ["results"] = new JsonArray([.. day.GroupBy(task => task.Fields["model"]).Select(group => (JsonNode)(costs
                ? new JsonObject { ["model"] = group.Key, ["amount"] = Money(group.Sum(task => task.Price)) }
                : new JsonObject { ["model"] = group.Key, ["requests"] = group.Count(), ["videos"] = group.Count() }))]),
        })]),
        ["has_more"] = false,
        ["next_page"] = null,
    };

    private static JsonObject Money(decimal value) => new() { ["value"] = Text(value), ["currency"] = "USD" };

    private static string Text(decimal value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}

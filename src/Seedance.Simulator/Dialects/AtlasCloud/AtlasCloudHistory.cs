using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>
/// <c>GET model/history?no=1&amp;size=10[&amp;sessionID][&amp;model][&amp;status]</c>, newest first (vendor's MCP server 1.7.0,
/// 2026-09-23).
/// </summary>
internal static class AtlasCloudHistory
{
    private const int LargestPage = 50;

    /// <summary>Null where the page cannot be.</summary>
    public static JsonObject? Answer(SimulatorCall call, IEnumerable<TaskView> own)
    {
        Dictionary<string, string> query = QueryText.Parse(call.Request.Query);
        if (!Whole(query, "no", 1, int.MaxValue, out int page) || !Whole(query, "size", 10, LargestPage, out int size))
        {
            return null;
        }

        (TaskView View, JsonObject Result)[] found =
        [
            .. own.Where(view => Fits(query, "sessionID", view.Task.Id) && Fits(query, "model", view.Task.Fields["model"]))
                .Select(view => (view, AtlasCloudPrediction.Of(WithUrl(call, view), call.Request.Origin)))
                .Where(pair => Fits(query, "status", (string)pair.Item2["status"]!)),
        ];
        return new JsonObject
        {
            ["items"] = new JsonArray([.. found.Skip((page - 1) * size).Take(size).Select(pair => (JsonNode)new JsonObject
            {
                ["ID"] = pair.View.Task.Id,
                ["createdAt"] = pair.View.Task.AcceptedAt.ToUnixTimeSeconds(),
                ["model"] = pair.View.Task.Fields["model"],
                ["requestBody"] = pair.View.Task.Fields[AtlasCloudRequest.RawBody],
                ["result"] = pair.Result,
                ["status"] = pair.Result["status"]!.DeepClone(),
            })]),
            ["pageNo"] = page,
            ["pageSize"] = size,
            ["total"] = found.Length,
        };
    }

    private static TaskView WithUrl(SimulatorCall call, TaskView view) =>
        view.State == SimulatorTaskState.Succeeded ? view with { Url = call.UrlOf(view.Task) } : view;

    private static bool Fits(Dictionary<string, string> query, string name, string value) =>
        !query.TryGetValue(name, out string? wanted) || wanted == value;

    private static bool Whole(Dictionary<string, string> query, string name, int usual, int most, out int number)
    {
        number = usual;
        return !query.TryGetValue(name, out string? text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}

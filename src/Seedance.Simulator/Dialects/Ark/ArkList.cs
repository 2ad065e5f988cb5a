using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>The list route: pages, filters, and task ids as a repeated parameter (sheet, section 2).</summary>
internal static class ArkList
{
    private const int MostOnAPage = 500;
    private const int UsualPage = 10; // Not documented.
    private static readonly string[] s_words = ["queued", "running", "cancelled", "succeeded", "failed", "expired"];

    public static SimulatorResponse Answer(string query, IEnumerable<(SimulatorTask Task, JsonObject Body)> tasks)
    {
        List<string> ids = [];
        Dictionary<string, string> single = new(StringComparer.Ordinal);
        foreach (string pair in query.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = Uri.UnescapeDataString(equals < 0 ? pair : pair.Substring(0, equals));
            string value = equals < 0 ? string.Empty : Uri.UnescapeDataString(pair.Substring(equals + 1).Replace('+', ' '));
            if (name == "filter.task_ids")
            {
                ids.Add(value);
            }
            else if (name is "page_num" or "page_size" or "filter.status" or "filter.model" or "filter.service_tier"
                && !single.ContainsKey(name))
            {
                single[name] = value;
            }
            else
            {
                return ArkErrors.Of(ArkProblem.Invalid(name, "unknown or repeated parameter"));
            }
        }

        if (Number(single, "page_num", 1) is not { } page || Number(single, "page_size", UsualPage) is not { } size)
        {
            return ArkErrors.Of(ArkProblem.Invalid("page_size", "page_num and page_size should be from 1 to 500"));
        }

        if (Value(single, "filter.status") is { } status && !s_words.Contains(status, StringComparer.Ordinal))
        {
            return ArkErrors.Of(ArkProblem.Invalid("filter.status", "unknown status"));
        }

        JsonObject[] found =
        [
            .. tasks.Where(item => ids.Count == 0 || ids.Contains(item.Task.Id, StringComparer.Ordinal))
                .Select(item => item.Body)
                .Where(body => Fits(single, "filter.status", body["status"]) && Fits(single, "filter.model", body["model"])
                    && Fits(single, "filter.service_tier", body["service_tier"])),
        ];
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["total"] = found.Length,
            ["items"] = new JsonArray([.. found.Skip((page - 1) * size).Take(size)]),
        });
    }

    private static bool Fits(Dictionary<string, string> query, string name, JsonNode? value) =>
        Value(query, name) is not { } wanted || wanted == (string?)value;

    private static string? Value(Dictionary<string, string> query, string name) =>
        query.TryGetValue(name, out string? value) ? value : null;

    private static int? Number(Dictionary<string, string> query, string name, int otherwise) =>
        Value(query, name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= MostOnAPage ? number
        : null;
}

using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Providers.AtlasCloud;

/// <summary>
/// The history of a key, newest first, with the body of each submit (vendor's MCP server 1.7.0, 2026-09-23, which offers it to recover a
/// prediction whose answer was lost).
/// </summary>
internal static class AtlasCloudHistory
{
    private const int PageSize = 50;

    public static WireRequest Build(ListQuery query) =>
        WireRequest.Get(string.Format(CultureInfo.InvariantCulture, "model/history?no={0}&size={1}", Page(query), PageSize));

    public static ListReading Read(ListQuery query, WireResponse response)
    {
        WireNode body = response.Body;
        WireNode data = body["data"].IsObject ? body["data"] : body;
        List<WireNode> items = [.. data["items"].Items];
        int page = Page(query);
        bool more = items.Count > 0 && (data["total"].Long is { } total ? (long)page * PageSize < total : items.Count >= PageSize);
        return new ListReading([.. items.Select(item => Job(item, response)).OfType<ListedJob>()],
            more ? (page + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static ListedJob? Job(WireNode item, WireResponse response)
    {
        if ((item["ID"].Text ?? item["id"].Text) is not { } id)
        {
            return null;
        }

        // The result is the prediction; a row without one has its status beside it.
        WireNode prediction = item["result"]["status"].Exists ? item["result"] : item;
        return new ListedJob(id, AtlasCloudAnswers.Update(prediction, response))
        {
            WireModel = item["model"].Text,
            Prompt = Prompt(item["requestBody"]),
            CreatedAt = item["createdAt"].Time,
        };
    }

    private static string? Prompt(WireNode sent)
    {
        if (!sent.IsString)
        {
            return sent["prompt"].Text;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(sent.Text ?? string.Empty);
            return new WireNode(document.RootElement.Clone())["prompt"].Text;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Page(ListQuery query) =>
        int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page is > 1 and < int.MaxValue
            ? page
            : 1;
}

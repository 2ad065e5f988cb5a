using Seedance.Wire;

namespace Seedance.Providers.Ark;

/// <summary>The list of the last seven days, by page or by ids (list page of Volcengine, read 2026-09).</summary>
internal static class ArkList
{
    /// <summary>
    /// A page holds up to 500, but each id takes some 45 characters of the address; 100 stay below the 8 kB that servers take.
    /// </summary>
    public const int IdsPerPage = 100;

    public const string Identifier = "safety_identifier";

    /// <summary>Tells a job of ours from whom a user names there.</summary>
    public const string Mark = "seedance-job-";

    private const int PageSize = 500;

    public static WireRequest Build(ListQuery query)
    {
        int size = query.Ids.Count == 0 ? PageSize : Math.Min(PageSize, query.Ids.Count);
        StringBuilder route =
            new(string.Format(CultureInfo.InvariantCulture, "{0}?page_num={1}&page_size={2}", ArkRoutes.Tasks, Page(query), size));
        foreach (string id in query.Ids)
        {
            route.Append("&filter.task_ids=").Append(Uri.EscapeDataString(id)); // Repeated, not joined.
        }

        return WireRequest.Get(route.ToString());
    }

    public static ListReading Read(ListQuery query, WireResponse response)
    {
        WireNode body = response.Body;
        List<WireNode> items = [.. body["items"].Items];
        int page = Page(query);
        bool more = query.Ids.Count == 0 && items.Count > 0
            && (body["total"].Long is { } total ? (long)page * PageSize < total : items.Count >= PageSize);
        return new ListReading(
            [.. items.Select(item => Job(item, response)).OfType<ListedJob>()],
            more ? (page + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static ListedJob? Job(WireNode item, WireResponse response) => item["id"].Text is not { } id ? null
        : new ListedJob(id, ArkAnswers.Update(item, wireModel: string.Empty, response))
        {
            WireModel = item["model"].Text,
            CreatedAt = item["created_at"].Time,
            ClientToken = item[Identifier].Text is { } mark && mark.StartsWith(Mark, StringComparison.Ordinal)
                ? mark.Substring(Mark.Length)
                : null,
        };

    private static int Page(ListQuery query) =>
        int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page is > 1 and < int.MaxValue
            ? page
            : 1;
}

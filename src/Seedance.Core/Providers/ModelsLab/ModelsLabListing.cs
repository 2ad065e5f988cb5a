using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.ModelsLab;

/// <summary>
/// The list of finished assets (general API page, read 2026-09). Whether its ids are those of video-fusion is not said, and its key is
/// called an enterprise key there.
/// </summary>
internal static class ModelsLabListing
{
    private const int PageSize = 30;

    public static WireRequest Build(ListQuery query) => WireRequest.Post(
        "v6/assets_generated",
        new JsonObject
        {
            ["type"] = "video",
            ["per_page"] = PageSize,
            ["page"] = int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? page : 1,
        });

    public static ListReading Read(WireResponse response)
    {
        WireNode body = response.Body;
        ListedJob[] jobs = [.. body["data"].Items.Select(item => Job(item, response)).OfType<ListedJob>()];
        WireNode pages = body["pagination"];
        int? page = pages["current_page"].Integer ?? pages["page"].Integer;
        int? last = pages["last_page"].Integer ?? pages["total_pages"].Integer ?? pages["pages"].Integer;
        string? next = page is { } current && jobs.Length > 0 && (last is { } end ? current < end : jobs.Length >= PageSize)
            ? (current + 1).ToString(CultureInfo.InvariantCulture)
            : null;
        return new ListReading(jobs, next);
    }

    private static ListedJob? Job(WireNode item, WireResponse response)
    {
        if (item["id"].Text is not { } id)
        {
            return null;
        }

        JobUpdate update = ModelsLabAnswers.Update(item, response);
        IReadOnlyList<JobOutput> made = [.. ModelsLabAnswers.Outputs(item)];
        return new ListedJob(
            id, item["status"].Exists || made.Count == 0 ? update : update with { Status = JobStatus.Succeeded, Outputs = made })
        {
            WireModel = item["model_id"].Text ?? item["meta"]["model_id"].Text,
            Prompt = item["prompt"].Text ?? item["meta"]["prompt"].Text,
            ClientToken = item["track_id"].Text,
            CreatedAt = item["created_at"].Time,
        };
    }
}

using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.TestKit;

/// <summary>Acme with all that only some hosts have: GET tasks, DELETE tasks/{id}, POST price.</summary>
internal sealed class RichAcmeAdapter : IProviderAdapter, IListsJobs, ICancelsJobs, IEstimatesCost
{
    private readonly AcmeAdapter _plain = new();

    public RichAcmeAdapter() => Provider = _plain.Provider;

    public ProviderInfo Provider { get; init; }

    public IReadOnlyList<ModelCapability> Models => _plain.Models;

    public int IdsPerList => 0;

    public bool TellsJobsApart { get; init; } = true;

    public bool OnlyWhileQueued { get; init; }

    public WireRequest Sign(WireRequest request, string key) => _plain.Sign(request, key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model) => _plain.BuildSubmit(request, model);

    /// <summary>Understands a refusal inside a 2xx and a price, which plain Acme has neither of.</summary>
    public SubmitReading ReadSubmit(WireResponse response) => _plain.ReadSubmit(response) with
    {
        Update = Cost(response.Body["cost"]) is { } cost ? new JobUpdate { Status = JobStatus.Queued, Cost = cost } : null,
    };

    public WireRequest BuildPoll(ProviderJob job) => _plain.BuildPoll(job);

    public PollReading ReadPoll(ProviderJob job, WireResponse response)
    {
        JobUpdate update = _plain.ReadPoll(job, response).Update!;
        return new PollReading
        {
            Update = update with
            {
                Status = response.Body["status"].Text == "cancelled" ? JobStatus.Cancelled : update.Status,
                Cost = Cost(response.Body["cost"]),
            },
        };
    }

    public WireError ReadError(WireResponse response) => _plain.ReadError(response);

    public WireRequest BuildList(ListQuery query) =>
        WireRequest.Get("tasks" + (query.Cursor is { } cursor ? "?after=" + cursor : string.Empty));

    public ListReading ReadList(ListQuery query, WireResponse response) => new(
        [.. response.Body["tasks"].Items.Select(
            task => new ListedJob(task["id"].Text!, new JobUpdate { Status = JobStatus.Running, StatusWord = "running" })
        {
            Prompt = task["prompt"].Text,
            WireModel = task["model"].Text,
            ClientToken = task["token"].Text,
            CreatedAt = task["created"].Time,
        })],
        response.Body["next"].Text);

    public WireRequest BuildCancel(ProviderJob job) => new() { Method = HttpMethod.Delete, Route = "tasks/" + job.Id };

    public WireError? ReadCancel(WireResponse response) =>
        response.Body["refused"].Text is { } reason ? new WireError(ErrorCode.InvalidRequest) { Message = reason } : null;

    public bool PricesMedia => true;

    public WireRequest BuildEstimate(VideoRequest request, SeedanceModel model) =>
        WireRequest.Post("price", new JsonObject { ["seconds"] = request.DurationSeconds });

    public SeedanceCost? ReadEstimate(WireResponse response) => Cost(response.Body["price"]);

    private static SeedanceCost? Cost(WireNode node) =>
        node.Number is { } amount ? new SeedanceCost { Amount = amount, Unit = "USD", Source = "Acme's answer" } : null;
}

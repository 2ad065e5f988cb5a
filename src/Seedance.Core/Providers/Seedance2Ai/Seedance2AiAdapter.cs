using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.Seedance2Ai;

/// <summary>The seedance2-ai.ai dialect: POST jobs/createTask, then GET jobs/queryTask. Messages in, messages out; no I/O.</summary>
internal sealed class Seedance2AiAdapter : IProviderAdapter, IReportsCredits, IReadsCallbacks
{
    public ProviderInfo Provider { get; } = new()
    {
        Name = Seedance2AiModels.Provider,
        BaseUri = new Uri("https://seedance2-ai.ai/api/v1"),
        IsOwnRefusal = static body => ErrorText.Of(body["message"]) is not null || ErrorText.Of(body["error"]) is not null,
        KeyVariable = "SEEDANCE_API_KEY",
        Concurrency = 3,
        TooManyRequestsMeansNoSlot = true,
        PollFloor = TimeSpan.FromSeconds(5),
    };

    public IReadOnlyList<ModelCapability> Models => Seedance2AiModels.Capabilities;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        Seedance2AiBody.RefuseWhatHasNoField(request);
        return WireRequest.Post("jobs/createTask", Seedance2AiBody.Build(request, model.WireModel));
    }

    public SubmitReading ReadSubmit(WireResponse response) => Seedance2AiAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => WireRequest.Get("jobs/queryTask?taskId=" + Uri.EscapeDataString(job.Id));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => Seedance2AiAnswers.Poll(response);

    public WireError ReadError(WireResponse response)
    {
        WireError error = HttpErrors.Read(response);
        return error.Code == ErrorCode.InvalidRequest ? error with { Code = ErrorWords.Judge(error.Message, ErrorCode.InvalidRequest) }
            : Seedance2AiAnswers.WithBalance(error, response.BodyOrMissing);
    }

    public WireRequest BuildCredits() => WireRequest.Get("account/credits");

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response)
    {
        WireNode account = Seedance2AiAnswers.Task(response.Body);
        return (account["credits"].Number ?? account["availableCredits"].Number) is { } credits
            ? [new CreditPool("credits", credits, "credits", account["availableCredits"].Number)]
            : [];
    }

    /// <summary>The body of a query's answer; sent up to four times and not signed.</summary>
    public string? ReadCallbackId(WireNode body) => Seedance2AiAnswers.Task(body)["taskId"].Text;
}

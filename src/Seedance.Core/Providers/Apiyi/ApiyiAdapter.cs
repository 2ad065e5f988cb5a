using Seedance.Models;
using Seedance.Providers.Ark;
using Seedance.Wire;

namespace Seedance.Providers.Apiyi;

/// <summary>
/// APIYI resells ByteDance's API behind its own gateway: the same create and get, neither list nor cancel nor callback. What the gateway
/// does not implement it answers with 200 and a page of its web app, which no reader here takes for an answer.
/// </summary>
internal sealed class ApiyiAdapter : IProviderAdapter, IInlinesMedia, IReportsCredits
{
    private const long Megabyte = 1024 * 1024;
    private const decimal UnitsPerDollar = 500_000;

    public ProviderInfo Provider { get; } = new()
    {
        Name = ApiyiModels.Provider,
        BaseUri = new Uri("https://api.apiyi.com/seedance/api/v3"), // Not /v1/videos, which is for other models.
        IsOwnRefusal = static body => body["error"]["message"].Text is not null,
        KeyVariable = "APIYI_API_KEY",
        SecondKeyVariable = "APIYI_ACCESS_TOKEN",
        Concurrency = ApiyiModels.Concurrency, // The vendor tested 15 at once and states no cap.
        AcceptsCompression = false,
        PollFloor = TimeSpan.FromSeconds(10),
    };

    public IReadOnlyList<ModelCapability> Models => ApiyiModels.Capabilities;

    /// <summary>The balance wants the system token as it is, without "Bearer" (balance page, read 2026-09).</summary>
    public WireRequest Sign(WireRequest request, string key) =>
        request.WithHeader("Authorization", request.NeedsSecondKey ? key : "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        RequestPlaces.Refuse(Provider.Name, ("CallbackUri", request.CallbackUri is not null));
        ArkBody.RefuseWhatHasNoField(Provider.Name, request, model);
        return Plain(WireRequest.Post(ArkRoutes.Tasks, ArkBody.Build(request, model)));
    }

    public SubmitReading ReadSubmit(WireResponse response) => ArkAnswers.Submit(response);

    public WireRequest BuildPoll(ProviderJob job) => Plain(WireRequest.Get(ArkRoutes.Task(job.Id)));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => ArkAnswers.Poll(job.WireModel, response);

    public WireError ReadError(WireResponse response) => ApiyiErrors.Read(response);

    /// <summary>As at ByteDance; the asset library is another service with a key of its own.</summary>
    public long InlineLimit(MediaType type) => type == MediaType.Image ? (30 * Megabyte) - 1 : 0;

    public WireRequest BuildCredits() =>
        Plain(WireRequest.Get("api/user/self") with { BaseUri = new Uri("https://api.apiyi.com"), NeedsSecondKey = true });

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response)
    {
        WireNode body = response.Body;
        if (body["success"].Flag != false && body["data"]["quota"].Number is { } units)
        {
            return [new CreditPool("quota", units / UnitsPerDollar, "USD")];
        }

        string said = ErrorText.Read(body) is { } text ? ": " + text : string.Empty;
        throw new SeedanceException(ErrorCode.ProtocolError, "APIYI's answer names no quota" + said + ".")
        {
            Provider = Provider.Name,
            ResponseExcerpt = response.Excerpt(),
            RecommendedAction = "Check " + Provider.SecondKeyVariable
                + ": it is the system access token of the account page, not the sk- key.",
        };
    }

    /// <summary>The gateway names the wrong compression for bodies that it compressed (vendor page, read 2026-09).</summary>
    private static WireRequest Plain(WireRequest request) => request.WithHeader("Accept-Encoding", "identity");
}

using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers.AtlasCloud;

/// <summary>The Atlas Cloud dialect: POST model/generateVideo, then GET model/prediction/{id}. Messages in, messages out; no I/O.</summary>
internal sealed class AtlasCloudAdapter : IProviderAdapter, IReportsCredits, IUploadsMedia, IListsJobs
{
    private const long Megabyte = 1024 * 1024;
    private static readonly Uri s_billing = new("https://api.atlascloud.ai/public/v1"); // Vendor's MCP server, 2026-08.

    public ProviderInfo Provider { get; } = new()
    {
        Name = AtlasCloudModels.Provider,
        BaseUri = new Uri("https://api.atlascloud.ai/api/v1"),
        IsOwnRefusal = static body =>
            (body["code"].Exists && (ErrorText.Of(body["msg"]) ?? ErrorText.Of(body["message"])) is not null)
            || ErrorText.Of(body["error"]) is not null,
        KeyVariable = "ATLASCLOUD_API_KEY",
        NotFoundGrace = TimeSpan.FromSeconds(30), // A fresh id may answer 400 or 404 for some seconds (vendor's ComfyUI nodes, 2026-08).
        PollFloor = TimeSpan.FromSeconds(3), // Vendor's MCP server.
    };

    public IReadOnlyList<ModelCapability> Models => AtlasCloudModels.Capabilities;

    public WireRequest Sign(WireRequest request, string key) => request.WithHeader("Authorization", "Bearer " + key);

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model)
    {
        AtlasCloudFields fields = AtlasCloudFields.Of(model.WireModel);
        AtlasCloudBody.RefuseWhatHasNoField(request, model.WireModel, fields);
        return WireRequest.Post("model/generateVideo", AtlasCloudBody.Build(request, model.WireModel, fields));
    }

    public SubmitReading ReadSubmit(WireResponse response) => AtlasCloudAnswers.Submit(response);

    /// <summary>
    /// The spelling that the submit's answer used; without one, Seedance 1.5's schemas say result and all others prediction (2026-08).
    /// </summary>
    public WireRequest BuildPoll(ProviderJob job)
    {
        string route = job.Notes.TryGetValue(AtlasCloudAnswers.RouteNote, out string? noted) ? noted
            : AtlasCloudFields.IsSeedance15(job.WireModel) ? AtlasCloudAnswers.Result
            : AtlasCloudAnswers.Prediction;
        return WireRequest.Get(route + "/" + Uri.EscapeDataString(job.Id));
    }

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => AtlasCloudAnswers.Poll(response);

    public WireError ReadError(WireResponse response)
    {
        WireError error = HttpErrors.Read(response);
        return response.Status is 400 or 403 or 422 ? error with { Code = AtlasCloudAnswers.Judge(error.Message, error.Code) } : error;
    }

    public WireRequest BuildCredits() => WireRequest.Get("balance") with { BaseUri = s_billing };

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response) => AtlasCloudBalance.Read(response);

    public int IdsPerList => 0;

    /// <summary>Each row has the body of its submit.</summary>
    public bool TellsJobsApart => true;

    public WireRequest BuildList(ListQuery query) => AtlasCloudHistory.Build(query);

    public ListReading ReadList(ListQuery query, WireResponse response) => AtlasCloudHistory.Read(query, response);

    /// <summary>Schemas of 2026-08: an image 30 MB, a video 200 MB for 2.5 (50 MB for 2.0), audio 15 MB.</summary>
    public long? UploadLimit(MediaType type) => Megabyte * type switch { MediaType.Video => 200, MediaType.Audio => 15, _ => 30 };

    public WireRequest BuildUpload(string path, string contentType) =>
        new() { Method = HttpMethod.Post, Route = "model/uploadMedia", File = new WireFile(path, contentType, "file") };

    /// <summary>The MCP server reads <c>data.download_url</c>, the upload page shows <c>url</c>.</summary>
    public Uri? ReadUpload(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode data = body["data"];
        return data["download_url"].Address ?? body["url"].Address ?? data["url"].Address ?? body["download_url"].Address;
    }
}

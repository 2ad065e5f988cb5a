namespace Seedance.Core.Tests.Conformance;

/// <summary>
/// What exercises each route that the simulator answers: operations of clients that nobody here wrote (<c>tests/RealClients</c>, by file and test), and
/// wire documents with source and date (<c>Transcripts</c>). A dialect is called strict only where one of them does.
/// </summary>
internal static class RouteItems
{
    public static IReadOnlyList<RouteItem> All { get; } =
    [
        new("BytePlus", "POST contents/generations/tasks", ["ai-sdk: bytedance: text-to-video at both houses", "ai-sdk: bytedance: first and last frame, references"], ["ark/submit"]),
        new("BytePlus", "GET contents/generations/tasks/{id}", ["ai-sdk: bytedance: text-to-video at both houses"], ["ark/poll-queued", "ark/poll-succeeded", "ark/poll-failed"]),
        new("BytePlus", "GET contents/generations/tasks", [], ["ark/list"]),
        new("BytePlus", "DELETE contents/generations/tasks/{id}", [], ["ark/cancel"]),
        new("Volcengine", "the same four", ["ai-sdk: bytedance: text-to-video at both houses"], ["ark/submit", "ark/list"]),
        new("Apiyi", "POST contents/generations/tasks", [], ["apiyi/submit"]),
        new("Apiyi", "GET contents/generations/tasks/{id}", [], ["apiyi/poll-succeeded"]),
        new("Apiyi", "GET api/user/self", [], ["apiyi/balance"]),
        new("Fal", "POST {model}", ["fal: queue.submit, status, result", "fal: fields of 1.x that the types have", "fal: queue.submit with webhook, priority, start timeout and hint"], ["fal/submit"]),
        new("Fal", "GET {app}/requests/{id}/status", ["fal: queue.submit, status, result", "fal: logs are there when nobody asks for them"], ["fal/status-running"]),
        new("Fal", "GET {app}/requests/{id}/status/stream", ["fal: queue.subscribeToStatus, streaming"], []),
        new("Fal", "GET {app}/requests/{id}", ["fal: subscribe", "fal: subscribe to one that fails and one that is refused"], ["fal/result"]),
        new("Fal", "PUT {app}/requests/{id}/cancel", ["fal: queue.cancel, queued, running and ended"], ["fal/cancel-success"]),
        new("Replicate", "POST v1/models/{owner}/{name}/predictions", ["replicate: predictions.create, get and wait", "replicate: predictions.create with Prefer: wait"], ["replicate/submit"]),
        new("Replicate", "POST v1/predictions", ["replicate: predictions.create by version"], []),
        new("Replicate", "GET v1/predictions/{id}", ["replicate: predictions.create, get and wait", "ai-sdk: replicate: text-to-video and image-to-video"], ["replicate/poll-succeeded"]),
        new("Replicate", "GET v1/predictions", ["replicate: predictions.list and paginate"], ["replicate/list"]),
        new("Replicate", "POST v1/predictions/{id}/cancel", ["replicate: predictions.cancel, running and ended"], ["replicate/poll-canceled"]),
        new("Replicate", "POST, GET, DELETE v1/files", ["replicate: files.create, list, get and delete", "replicate: run with a local file"], ["replicate/upload"]),
        new("Replicate", "GET v1/models/{owner}/{name}, v1/account", ["replicate: accounts.current and models.get"], []),
        new("Replicate", "GET v1/webhooks/default/secret", ["replicate: webhooks.default.secret.get, and a body signed with it"], []),
        new("AtlasCloud", "POST model/generateVideo", ["atlascloud: atlas_generate_video and atlas_get_prediction", "atlascloud: atlas_quick_generate"], ["atlascloud/submit"]),
        new("AtlasCloud", "GET model/prediction/{id}", ["atlascloud: atlas_get_prediction of one that failed"], ["atlascloud/poll-completed", "atlascloud/poll-failed-500"]),
        new("AtlasCloud", "GET model/history", ["atlascloud: atlas_list_predictions"], ["atlascloud/history"]),
        new("AtlasCloud", "POST model/uploadMedia", ["atlascloud: atlas_upload_media"], ["atlascloud/upload"]),
        new("AtlasCloud", "GET models", ["atlascloud: atlas_list_models and atlas_get_model_info"], []),
        new("AtlasCloud", "GET balance", ["atlascloud: atlas_get_balance"], ["atlascloud/balance"]),
        new("AtlasCloud", "GET model-usage, model-costs", ["atlascloud: atlas_get_model_usage and atlas_get_model_costs"], []),
        new("Muapi", "POST {endpoint}", [], ["muapi/submit-request-id", "muapi/submit-id"]),
        new("Muapi", "GET predictions/{id}/result", [], ["muapi/poll-processing", "muapi/poll-outputs"]),
        new("Muapi", "GET account/balance", [], ["muapi/balance"]),
        new("Muapi", "POST upload_file", [], ["muapi/upload"]),
        new("Muapi", "POST models/{endpoint}/estimate-cost", [], []),
        new("ModelsLab", "POST v7/video-fusion/{mode}", [], ["modelslab/submit-processing"]),
        new("ModelsLab", "POST v6/video/{mode}", [], ["modelslab/submit-seed-dialect"]),
        new("ModelsLab", "POST v7/video-fusion/fetch/{id} and its elder spellings", [], ["modelslab/fetch-success"]),
        new("ModelsLab", "POST v6/assets_generated", [], ["modelslab/assets"]),
        new("ModelsLab", "POST wallet_balance", [], ["modelslab/wallet"]),
        new("ModelsLab", "POST v6/video/base64_to_url", [], ["modelslab/upload"]),
        new("Wireflow", "POST workflows/{id}/execute", [], ["wireflow/submit"]),
        new("Wireflow", "POST workflows/{id}/run", [], ["wireflow/submit-data"]),
        new("Wireflow", "GET executions/{id}", [], ["wireflow/poll-completed"]),
        new("Wireflow", "GET workflows/executions/{id}[/poll]", [], ["wireflow/poll-form-completed"]),
        new("Wireflow", "GET workflows/{id}/run", [], ["wireflow/inputs"]),
        new("Wireflow", "GET workflows/{id}", [], []),
        new("Wireflow", "POST workflows/{id}/estimate", [], ["wireflow/estimate"]),
        new("Wireflow", "POST media/upload", [], ["wireflow/upload"]),
        new("Seedance2Ai", "POST jobs/createTask", [], ["seedance2-ai/submit"]),
        new("Seedance2Ai", "GET jobs/queryTask", [], ["seedance2-ai/query-completed"]),
        new("Seedance2Ai", "GET account/credits", [], ["seedance2-ai/credits"]),
    ];
}

/// <param name="Operations">Of real clients, as "file: name of the test".</param>
internal sealed record RouteItem(string Host, string Route, string[] Operations, string[] Transcripts);

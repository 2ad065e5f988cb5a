using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>
/// Files as the HTTP reference has them: create, list, get, delete (2026-11). Its own Python client reads every field of a file.
/// </summary>
internal static class ReplicateFiles
{
    private static readonly TimeSpan s_life = TimeSpan.FromHours(24);

    public static SimulatorResponse? Create(SimulatorCall call, IDialect dialect)
    {
        IReadOnlyList<MultipartPart>? parts = MultipartForm.Parse(call.Request.Header("Content-Type"), call.Request.Body);
        if (parts?.FirstOrDefault(part => part.Name == "content" && part.FileName is not null) is not { } file || file.Content.IsEmpty)
        {
            return null;
        }

        string url = call.Upload(dialect, file.FileName, file.ContentType, file.Content);
        return SimulatorResponse.Json(201, Spell(call, call.Uploads(dialect).First(upload => upload.Url == url)));
    }

    public static JsonObject List(SimulatorCall call, IDialect dialect) => new()
    {
        ["previous"] = null,
        ["next"] = null,
        ["results"] = new JsonArray([.. call.Uploads(dialect).Select(upload => (JsonNode)Spell(call, upload))]),
    };

    public static SimulatorUpload? Find(SimulatorCall call, IDialect dialect, string id) =>
        call.Uploads(dialect).FirstOrDefault(upload => Id(upload) == id);

    public static JsonObject Spell(SimulatorCall call, SimulatorUpload upload) => new()
    {
        ["id"] = Id(upload),
        ["name"] = upload.FileName,
        ["content_type"] = upload.ContentType,
        ["size"] = upload.Length,
        ["etag"] = upload.Sha256.Substring(0, 32),
        ["checksums"] = new JsonObject { ["sha256"] = upload.Sha256 },
        ["metadata"] = new JsonObject(),
        ["created_at"] = Time(upload.At),
        ["expires_at"] = Time(upload.At + s_life),
        ["urls"] = new JsonObject { ["get"] = new Uri(call.Request.Origin, "/replicate/v1/files/" + Id(upload)).AbsoluteUri },
    };

    private static string Id(SimulatorUpload upload) => upload.Url.Substring(upload.Url.LastIndexOf('/') + 1);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

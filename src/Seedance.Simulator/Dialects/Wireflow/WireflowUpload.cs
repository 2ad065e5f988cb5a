using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>The upload route: multipart with a part named <c>file</c>, or an address to fetch (API page, 2026-09).</summary>
internal static class WireflowUpload
{
    private static readonly BodySchema s_byAddress = new(FieldRule.Url("url").Require());

    public static SimulatorResponse Answer(SimulatorCall call, IDialect dialect)
    {
        if (call.Request.Header("Content-Type")?.StartsWith("multipart/", System.StringComparison.OrdinalIgnoreCase) != true)
        {
            return JsonBody.Read(call.Request, out string unreadable) is not { } body ? WireflowErrors.Of(call, 400, unreadable)
                : s_byAddress.Check(body) is { Count: > 0 } problems
                    ? WireflowErrors.Of(call, 400, problems[0].Field + ": " + problems[0].Message)
                : Stored(body.Text("url"));
        }

        IReadOnlyList<MultipartPart>? parts = MultipartForm.Parse(call.Request.Header("Content-Type"), call.Request.Body);
        return parts?.FirstOrDefault(part => part.Name == "file" && part.FileName is not null) is not { } file
            ? WireflowErrors.Of(call, 400, "file: Field required")
            : file.Content.IsEmpty ? WireflowErrors.Of(call, 400, "The file is empty")
            : Stored(call.Upload(dialect, file.FileName, file.ContentType, file.Content));
    }

    private static SimulatorResponse Stored(string url) =>
        SimulatorResponse.Json(200, new JsonObject { ["data"] = new JsonObject { ["url"] = url } });
}

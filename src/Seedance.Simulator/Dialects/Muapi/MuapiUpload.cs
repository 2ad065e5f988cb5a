using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>The upload route: multipart, one part named <c>file</c>, sizes by kind of file (file upload page, 2026-09).</summary>
internal static class MuapiUpload
{
    private const int Mebibyte = 1024 * 1024;

    public static SimulatorResponse Answer(SimulatorCall call, IDialect dialect, string key)
    {
        if (call.Balance(dialect, key).Available <= 0)
        {
            return MuapiErrors.Of(402, "Uploads need a positive balance.");
        }

        IReadOnlyList<MultipartPart>? parts = MultipartForm.Parse(call.Request.Header("Content-Type"), call.Request.Body);
        if (parts?.FirstOrDefault(part => part.Name == "file" && part.FileName is not null) is not { } file)
        {
            return MuapiErrors.Of([new FieldProblem(FieldProblemKind.Missing, "file", "Field required")]);
        }

        int limit = file.ContentType.StartsWith("video/", StringComparison.OrdinalIgnoreCase) ? 50 : 10;
        return file.Content.IsEmpty ? MuapiErrors.Of(400, "The file is empty.")
            : file.Content.Length > limit * Mebibyte
                ? MuapiErrors.Of(413, FormattableString.Invariant($"The file is larger than {limit} MB."))
            : SimulatorResponse.Json(200, new JsonObject { ["url"] = call.Upload(dialect, file.FileName, file.ContentType, file.Content) });
    }
}

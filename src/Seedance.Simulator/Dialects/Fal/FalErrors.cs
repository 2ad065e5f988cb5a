using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Fal;

/// <summary>
/// Errors as the queue spells them: <c>detail</c> is a text or a list of findings, the type is in the body and in a header (sheet).
/// </summary>
internal static class FalErrors
{
    public const string Policy = "content_policy_violation";
    public const string Internal = "internal_server_error";

    public static SimulatorResponse Of(int status, string type, string detail) => Of(status, type, JsonValue.Create(detail));

    /// <summary>An error of the model: a list of findings, each with its type, and no type beside them (errors page, 2026-11).</summary>
    public static SimulatorResponse OfModel(string type, string message) => SimulatorResponse.Json(422, new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject
        {
            ["loc"] = new JsonArray("body", "prompt"), ["msg"] = message, ["type"] = type, ["url"] = "https://docs.fal.ai/errors#" + type,
            ["input"] = "(the prompt)",
        }),
    }).With("x-fal-retryable", "false");

    /// <summary>The ingress has neither a type nor a request id (fal_client, 2026-08).</summary>
    public static SimulatorResponse Ingress(int status) => new(
        status,
        SimulatorBody.Of(
            Encoding.UTF8.GetBytes(
            FormattableString.Invariant($"<html><head><title>{status}</title></head><body><center>nginx</center></body></html>\n"))),
        "text/html");

    public static SimulatorResponse Of(IEnumerable<FieldProblem> problems, string part = "body") =>
        Of(422, "validation_error", new JsonArray([.. problems.Select(problem => new JsonObject
    {
        ["loc"] = new JsonArray(part, problem.Field),
        ["msg"] = problem.Message,
        ["type"] = problem.Kind switch
        {
            FieldProblemKind.Missing => "missing",
            FieldProblemKind.Type => "type_error",
            FieldProblemKind.Unknown => "extra_forbidden",
            _ => "value_error",
        },
    })]));

    private static SimulatorResponse Of(int status, string type, JsonNode detail) =>
        SimulatorResponse.Json(status, new JsonObject { ["detail"] = detail, ["error_type"] = type }).With("x-fal-error-type", type);
}

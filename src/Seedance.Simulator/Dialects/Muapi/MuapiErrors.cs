using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>Errors as a FastAPI stack spells them: <c>detail</c> is a text or a list of findings (sheet, section 8).</summary>
internal static class MuapiErrors
{
    public static SimulatorResponse Of(int status, string detail) => SimulatorResponse.Json(status, new JsonObject { ["detail"] = detail });

    /// <summary>A bad value is 400 (Mini guide), a body of the wrong form 422 (the stack's own validation, inferred).</summary>
    public static SimulatorResponse Of(IReadOnlyCollection<FieldProblem> problems, string part = "body") => SimulatorResponse.Json(
        problems.All(problem => problem.Kind == FieldProblemKind.Value) ? 400 : 422,
        new JsonObject
        {
            ["detail"] = new JsonArray([.. problems.Select(problem => new JsonObject
            {
                ["type"] = Type(problem.Kind),
                ["loc"] = new JsonArray(part, problem.Field),
                ["msg"] = problem.Message,
            })]),
        });

    public static SimulatorResponse Unreadable(string problem) => SimulatorResponse.Json(422, new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject { ["type"] = "json_invalid", ["loc"] = new JsonArray("body"), ["msg"] = problem }),
    });

    private static string Type(FieldProblemKind kind) => kind switch
    {
        FieldProblemKind.Missing => "missing",
        FieldProblemKind.Type => "type_error",
        FieldProblemKind.Unknown => "extra_forbidden",
        _ => "value_error",
    };
}

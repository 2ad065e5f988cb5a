using System.Text.Json.Nodes;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>What the host would not take.</summary>
internal sealed record ArkProblem(string Code, string Message, string? Parameter = null, int Status = 400)
{
    public static ArkProblem Invalid(string parameter, string message) => new("InvalidParameter", message, parameter);

    public static ArkProblem Missing(string parameter) => new("MissingParameter", "The request is missing `" + parameter + "`.", parameter);
}

/// <summary>Errors as <c>{error:{code, message, param, type}}</c> (sheet, section 8).</summary>
internal static class ArkErrors
{
    public static SimulatorResponse Of(ArkProblem problem) => SimulatorResponse.Json(problem.Status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = problem.Code,
            ["message"] = problem.Message,
            ["param"] = problem.Parameter ?? string.Empty,
            ["type"] = Type(problem.Status),
        },
    });

    public static SimulatorResponse Of(int status, string message) => Of(new ArkProblem(Code(status), message, Status: status));

    private static string Code(int status) => status switch
    {
        401 => "AuthenticationError",
        403 => "AccessDenied",
        404 => "ResourceNotFound",
        409 => "InvalidAction", // What a wrong state is called is not published.
        429 => "RateLimitExceeded.EndpointRPMExceeded",
        >= 500 => "InternalServiceError",
        _ => "InvalidParameter",
    };

    private static string Type(int status) => status switch
    {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        429 => "TooManyRequests",
        >= 500 => "InternalServerError",
        _ => "BadRequest",
    };
}

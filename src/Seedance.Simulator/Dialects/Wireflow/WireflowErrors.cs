using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>Errors: a text on the API page, an object in the vendor's skill, which goes with the run routes (sheet, section 7).</summary>
internal static class WireflowErrors
{
    private const int PerMinute = 10;

    public static SimulatorResponse Of(SimulatorCall call, int status, string message)
    {
        bool asObject = call.Path.EndsWith("/run", StringComparison.Ordinal) || call.Path.EndsWith("/poll", StringComparison.Ordinal);
        return SimulatorResponse.Json(status, new JsonObject
        {
            ["error"] = asObject
                ? new JsonObject { ["type"] = Type(status), ["code"] = Type(status), ["message"] = message }
                : (JsonNode)message,
        });
    }

    public static SimulatorResponse TooPoor(decimal required, decimal available) => SimulatorResponse.Json(402, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "insufficient_credits_error", ["code"] = "insufficient_credits",
            ["message"] = "Insufficient credits" },
        ["insufficientCredits"] = true,
        ["requiredCredits"] = required,
        ["availableCredits"] = available,
        ["breakdown"] = new JsonArray(new JsonObject { ["nodeId"] = "seedance", ["credits"] = required }),
    });

    /// <summary>The header counts seconds, the body names the moment: whoever reads the body as seconds waits for decades.</summary>
    public static SimulatorResponse TooMany(SimulatorCall call, TimeSpan wait)
    {
        long until = (call.Now + wait).ToUnixTimeSeconds() + 1;
        JsonObject body = new() { ["error"] = "Rate limit exceeded" };
        if (wait > TimeSpan.Zero)
        {
            body["retryAfter"] = until;
        }

        SimulatorResponse answer = SimulatorResponse.Json(429, body)
            .With("X-RateLimit-Limit", PerMinute)
            .With("X-RateLimit-Remaining", 0)
            .With("X-RateLimit-Reset", until);
        return wait > TimeSpan.Zero && !call.Options.Host<WireflowBehaviour>().HidesRetryAfter
            ? answer.With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            : answer;
    }

    private static string Type(int status) => status switch
    {
        401 => "unauthorized",
        404 => "not_found",
        422 => "invalid_graph",
        _ => "bad_request",
    };
}

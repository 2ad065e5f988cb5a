using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Endpoints;

/// <summary>Where scripted faults change what is answered: instead of handling the request, or after it had its effect.</summary>
internal static class FaultedAnswer
{
    private const int Unavailable = 503;

    /// <summary>What is answered without handling the request, or null.</summary>
    public static SimulatorResponse? InsteadOf(IEndpoint endpoint, SimulatorCall call)
    {
        RequestFaults faults = call.Faults;
        return faults.Fire(SimulatorFaultKind.ResetBeforeAccept) is not null ? SimulatorResponse.ConnectionReset()
            : faults.Fire(SimulatorFaultKind.RateLimitSeconds) is { } seconds ? RetryAfter(endpoint, call, seconds)
            : faults.Fire(SimulatorFaultKind.RateLimitDate) is { } date ? RetryAt(endpoint, call, call.Now + date.Delay)
            : faults.Fire(SimulatorFaultKind.ServerErrorBeforeAccept) is { } error
                ? endpoint.Refuse(Status(error, Unavailable), "Internal error")
            : faults.Fire(SimulatorFaultKind.NotFoundAfterCreate) is not null ? endpoint.Refuse(404, "Not Found")
            : faults.Fire(SimulatorFaultKind.ExpiredUrl) is not null ? endpoint.Refuse(403, "AccessDenied")
            : null;
    }

    /// <summary>What becomes of the answer that was meant.</summary>
    public static SimulatorResponse From(IEndpoint endpoint, SimulatorCall call, SimulatorResponse meant)
    {
        RequestFaults faults = call.Faults;
        if (faults.Fire(SimulatorFaultKind.ResetAfterAccept) is not null)
        {
            return SimulatorResponse.ConnectionReset();
        }

        SimulatorResponse sent = faults.Fire(SimulatorFaultKind.ServerErrorAfterAccept) is { } error
            ? endpoint.Refuse(Status(error, Unavailable), "Internal error")
            : faults.Fire(SimulatorFaultKind.HtmlBody) is { } html ? FaultBodies.Html(Status(html, 200))
            : faults.Fire(SimulatorFaultKind.TruncatedBody) is { } truncated ? FaultBodies.Truncated(meant, truncated.Fraction)
            : faults.Fire(SimulatorFaultKind.InvalidUtf8Body) is not null ? FaultBodies.InvalidUtf8(meant)
            : faults.Fire(SimulatorFaultKind.EmptyBody) is not null ? FaultBodies.Empty(meant)
            : meant;
        if (!call.IsHead && sent.Body.Length > 0 && faults.Fire(SimulatorFaultKind.CutBody) is { } cut)
        {
            sent.CutAfter = (long)(sent.Body.Length * cut.Fraction);
        }

        return sent;
    }

    private static SimulatorResponse Busy(IEndpoint endpoint) => endpoint.Refuse(429, "Too many requests");

    private static SimulatorResponse RetryAt(IEndpoint endpoint, SimulatorCall call, DateTimeOffset at) => endpoint is IAnswersThrottle busy
        ? busy.AnswerThrottle(call, at - call.Now)
        : Busy(endpoint).With("Retry-After", HttpDate.NotBefore(at));

    private static SimulatorResponse RetryAfter(IEndpoint endpoint, SimulatorCall call, SimulatorFault fault) =>
        endpoint is IAnswersThrottle busy
        ? busy.AnswerThrottle(call, fault.Delay)
        : fault.Delay == TimeSpan.Zero
        ? Busy(endpoint)
        : Busy(endpoint).With("Retry-After", Math.Ceiling(fault.Delay.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    private static int Status(SimulatorFault fault, int otherwise) => fault.StatusCode == 0 ? otherwise : fault.StatusCode;
}

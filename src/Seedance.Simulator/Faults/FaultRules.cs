using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Faults;

/// <summary>Which requests each kind of fault can hit, and what a fault must carry.</summary>
internal static class FaultRules
{
    /// <summary>The only kind of request a fault makes sense for, or null when it can hit any.</summary>
    public static SimulatorRequestKind? OnlyOn(SimulatorFaultKind kind) => kind switch
    {
        SimulatorFaultKind.UnknownStatus or SimulatorFaultKind.NotFoundAfterCreate or SimulatorFaultKind.SuccessWithoutUrl =>
            SimulatorRequestKind.Poll,
        SimulatorFaultKind.NoRanges or SimulatorFaultKind.WrongRange or SimulatorFaultKind.ExpiredUrl or SimulatorFaultKind.ChangedMedia =>
            SimulatorRequestKind.Media,
        SimulatorFaultKind.JobFails or SimulatorFaultKind.JobNeverEnds => SimulatorRequestKind.Submit,
        SimulatorFaultKind.CallbackLost or SimulatorFaultKind.CallbackTwice or SimulatorFaultKind.CallbackForged
            or SimulatorFaultKind.CallbackOutOfOrder =>
            SimulatorRequestKind.Callback,
        _ => null,
    };

    /// <summary>What is wrong with <paramref name="fault"/>, or null.</summary>
    public static string? Problem(SimulatorFault fault)
    {
        if (OnlyOn(fault.Kind) is { } only && fault.On is { } on && on != only)
        {
            return $"{FaultText.Word(fault.Kind)} can only hit {FaultText.Word(only)} requests, not {FaultText.Word(on)}.";
        }

        if (fault.On == SimulatorRequestKind.Callback && fault.Kind != SimulatorFaultKind.Delay && OnlyOn(fault.Kind) is null)
        {
            return $"{FaultText.Word(fault.Kind)} hits requests to the host, and a callback is the host's own.";
        }

        if (fault.Request < 0 || fault.Count < 1)
        {
            return "Requests are counted from 1 (0 means every request), and at least one must be hit.";
        }

        if (fault.Fraction is not (>= 0 and <= 1))
        {
            return "A body is cut at a fraction between 0 and 1.";
        }

        if (fault.StatusCode is not 0 and (< 200 or > 599))
        {
            return "A scripted status code is between 200 and 599.";
        }

        return fault.Delay < TimeSpan.Zero ? "A delay cannot be negative." : null;
    }
}

using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Faults;

/// <summary>One scripted fault: which requests it hits, and what happens to them.</summary>
public sealed record SimulatorFault
{
    /// <summary>What happens.</summary>
    public SimulatorFaultKind Kind { get; init; }

    /// <summary>Which requests are counted; null counts all, or those the kind can only apply to.</summary>
    public SimulatorRequestKind? On { get; init; }

    /// <summary>The first request hit, counted from 1 since the engine started; 0 hits every request.</summary>
    public int Request { get; init; }

    /// <summary>How many requests in a row are hit.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How long an answer is held back, or how far ahead Retry-After points.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The status of an error or HTML answer; 0 takes the kind's own.</summary>
    public int StatusCode { get; init; }

    /// <summary>The unknown status word, or the reason of a failed job.</summary>
    public string? Text { get; init; }

    /// <summary>Where a body is cut, from 0 to 1.</summary>
    public double Fraction { get; init; } = 0.5;

    /// <summary>
    /// Reads one fault, e.g. <c>submit:2 reset-after-accept</c>, <c>poll:3-5 status 503</c> or <c>submit:* 429 retry-after=2</c>.
    /// </summary>
    public static SimulatorFault Parse(string text) => FaultText.Parse(text);

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => FaultText.Format(this);
}

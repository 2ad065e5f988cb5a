namespace Seedance.Simulator.Faults;

/// <summary>What can be scripted to go wrong.</summary>
public enum SimulatorFaultKind
{
    /// <summary>The request is handled at once, the answer is held back for <see cref="SimulatorFault.Delay"/>.</summary>
    Delay,

    /// <summary>The connection is reset; the request had no effect.</summary>
    ResetBeforeAccept,

    /// <summary>The request had its effect, then the connection is reset before any byte of the answer.</summary>
    ResetAfterAccept,

    /// <summary>429 with Retry-After in seconds (<see cref="SimulatorFault.Delay"/>; none when zero).</summary>
    RateLimitSeconds,

    /// <summary>429 with Retry-After as an HTTP date, <see cref="SimulatorFault.Delay"/> from now.</summary>
    RateLimitDate,

    /// <summary>An error status (503 unless <see cref="SimulatorFault.StatusCode"/> says otherwise); the request had no effect.</summary>
    ServerErrorBeforeAccept,

    /// <summary>An error status although the request had its effect.</summary>
    ServerErrorAfterAccept,

    /// <summary>An HTML page instead of the answer; the request had its effect.</summary>
    HtmlBody,

    /// <summary>A complete message whose body ends early, at <see cref="SimulatorFault.Fraction"/>; the request had its effect.</summary>
    TruncatedBody,

    /// <summary>The answer with bytes that are not UTF-8 inside its last string; the request had its effect.</summary>
    InvalidUtf8Body,

    /// <summary>The answer without a body; the request had its effect.</summary>
    EmptyBody,

    /// <summary>A status word no document names (<see cref="SimulatorFault.Text"/>).</summary>
    UnknownStatus,

    /// <summary>404 for a job that exists, as hosts do right after a submit.</summary>
    NotFoundAfterCreate,

    /// <summary>The job has succeeded but its answer has no url. Numbered among the polls that would show success.</summary>
    SuccessWithoutUrl,

    /// <summary>The media host ignores Range and does not offer it.</summary>
    NoRanges,

    /// <summary>A 206 that starts somewhere else than was asked for, and says so in Content-Range.</summary>
    WrongRange,

    /// <summary>The connection ends after <see cref="SimulatorFault.Fraction"/> of the body that Content-Length promised.</summary>
    CutBody,

    /// <summary>403, as a signed url answers after its time.</summary>
    ExpiredUrl,

    /// <summary>From this request on, the media has another content and another ETag.</summary>
    ChangedMedia,

    /// <summary>The submitted job will end as failed, with <see cref="SimulatorFault.Text"/> as the reason.</summary>
    JobFails,

    /// <summary>The submitted job will stay running for ever.</summary>
    JobNeverEnds,

    /// <summary>The call to the user's address is not made.</summary>
    CallbackLost,

    /// <summary>The call is made twice.</summary>
    CallbackTwice,

    /// <summary>Somebody else calls before the host does, and lies about the job.</summary>
    CallbackForged,

    /// <summary>The call about an earlier state comes behind the one about the end.</summary>
    CallbackOutOfOrder,
}

using Seedance.Providers;
using Seedance.Transport;

namespace Seedance.Core.Tests.Transport;

public sealed class SubmitClassifierTests
{
    private static readonly SubmitReading s_withId = new() { ProviderJobId = "task-1" };
    private static readonly SubmitReading s_silent = new();

    [Theory]
    [InlineData(false, SubmitOutcome.NotSent)]
    [InlineData(true, SubmitOutcome.Ambiguous)]
    internal void OfFailure_BodyLeftOrNot_DecidesAlone(bool mayHaveArrived, SubmitOutcome expected) =>
        Assert.Equal(expected, SubmitClassifier.OfFailure(new TransportException("reset", mayHaveArrived, null)));

    [Theory]
    [InlineData(200, SubmitOutcome.Ambiguous)]
    [InlineData(201, SubmitOutcome.Ambiguous)]
    [InlineData(204, SubmitOutcome.Ambiguous)]
    [InlineData(300, SubmitOutcome.Ambiguous)]
    [InlineData(301, SubmitOutcome.Rejected)]
    [InlineData(302, SubmitOutcome.Ambiguous)]
    [InlineData(303, SubmitOutcome.Ambiguous)]
    [InlineData(304, SubmitOutcome.Ambiguous)]
    [InlineData(307, SubmitOutcome.Rejected)]
    [InlineData(308, SubmitOutcome.Rejected)]
    [InlineData(400, SubmitOutcome.Rejected, SubmitOutcome.Ambiguous)]
    [InlineData(401, SubmitOutcome.Rejected)]
    [InlineData(402, SubmitOutcome.Rejected, SubmitOutcome.Ambiguous)]
    [InlineData(403, SubmitOutcome.Rejected)]
    [InlineData(404, SubmitOutcome.Rejected)]
    [InlineData(408, SubmitOutcome.Ambiguous)]
    [InlineData(409, SubmitOutcome.Ambiguous)]
    [InlineData(413, SubmitOutcome.Rejected)]
    [InlineData(419, SubmitOutcome.Ambiguous)]
    [InlineData(422, SubmitOutcome.Rejected, SubmitOutcome.Ambiguous)]
    [InlineData(425, SubmitOutcome.Ambiguous)]
    [InlineData(429, SubmitOutcome.Throttled)]
    [InlineData(444, SubmitOutcome.Ambiguous)]
    [InlineData(451, SubmitOutcome.Rejected, SubmitOutcome.Ambiguous)]
    [InlineData(460, SubmitOutcome.Ambiguous)]
    [InlineData(463, SubmitOutcome.Ambiguous)]
    [InlineData(499, SubmitOutcome.Ambiguous)]
    [InlineData(500, SubmitOutcome.Ambiguous)]
    [InlineData(502, SubmitOutcome.Ambiguous)]
    [InlineData(503, SubmitOutcome.Ambiguous)]
    [InlineData(504, SubmitOutcome.Ambiguous)]
    [InlineData(520, SubmitOutcome.Ambiguous)]
    [InlineData(598, SubmitOutcome.Ambiguous)]
    [InlineData(999, SubmitOutcome.Ambiguous)]
    internal void OfAnswer_WithoutId_FollowsTheTable(int status, SubmitOutcome expected, SubmitOutcome? ofAnother = null)
    {
        Assert.Equal(expected, SubmitClassifier.OfAnswer(status, s_silent, isOwn: true));
        Assert.Equal(expected, SubmitClassifier.OfAnswer(status, null, isOwn: true));
        Assert.Equal(ofAnother ?? expected, SubmitClassifier.OfAnswer(status, s_silent));
        Assert.Equal(ofAnother ?? expected, SubmitClassifier.OfAnswer(status, null));
    }

    [Theory]
    [InlineData(500, true, SubmitOutcome.NotSent)]
    [InlineData(503, true, SubmitOutcome.NotSent)]
    [InlineData(500, false, SubmitOutcome.Ambiguous)] // Readable, but not in the host's own words.
    [InlineData(501, true, SubmitOutcome.Ambiguous)]
    [InlineData(502, true, SubmitOutcome.Ambiguous)] // A gateway speaks here, and the host's promise does not bind it.
    [InlineData(504, true, SubmitOutcome.Ambiguous)]
    [InlineData(507, true, SubmitOutcome.Ambiguous)]
    [InlineData(520, true, SubmitOutcome.Ambiguous)]
    [InlineData(599, true, SubmitOutcome.Ambiguous)]
    [InlineData(200, false, SubmitOutcome.Ambiguous)]
    [InlineData(400, true, SubmitOutcome.Rejected)]
    internal void OfAnswer_UserTakesTheHostsWord_CoversItsOwnErrorsOnly(int status, bool inItsWords, SubmitOutcome expected)
    {
        SubmitReading reading = inItsWords ? new SubmitReading { Error = new WireError(ErrorCode.ProviderUnavailable) } : s_silent;

        Assert.Equal(expected, SubmitClassifier.OfAnswer(status, reading, isOwn: inItsWords, repeats: true));
        Assert.Equal(status == 400 ? SubmitOutcome.Rejected : SubmitOutcome.Ambiguous,
            SubmitClassifier.OfAnswer(status, reading, isOwn: inItsWords));
        Assert.Equal(SubmitOutcome.Ambiguous, SubmitClassifier.OfAnswer(status, null, repeats: true));
    }

    [Theory]
    [InlineData(ErrorCode.InsufficientCredits, SubmitOutcome.Rejected)]
    [InlineData(ErrorCode.RateLimited, SubmitOutcome.Throttled)]
    [InlineData(ErrorCode.InvalidRequest, SubmitOutcome.Throttled)]
    [InlineData(null, SubmitOutcome.Throttled)]
    internal void OfAnswer_429ThatSaysTheAccountIsSpent_IsFinal(ErrorCode? refusal, SubmitOutcome expected) =>
        Assert.Equal(expected, SubmitClassifier.OfAnswer(429, s_silent, refusal));

    [Theory]
    [InlineData(200)]
    [InlineData(402)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(504)]
    internal void OfAnswer_WithId_IsAcceptedWhateverTheStatus(int status) =>
        Assert.Equal(SubmitOutcome.Accepted, SubmitClassifier.OfAnswer(status, s_withId));

    [Theory]
    [InlineData(ErrorCode.RateLimited, SubmitOutcome.Throttled)]
    [InlineData(ErrorCode.InsufficientCredits, SubmitOutcome.Rejected)]
    [InlineData(ErrorCode.ContentRejected, SubmitOutcome.Rejected)]
    [InlineData(ErrorCode.InvalidRequest, SubmitOutcome.Rejected)]
    [InlineData(ErrorCode.ProviderUnavailable, SubmitOutcome.Ambiguous)]
    [InlineData(ErrorCode.ProtocolError, SubmitOutcome.Ambiguous)]
    internal void OfAnswer_FaultInside200_IsJudgedByItsCode(ErrorCode code, SubmitOutcome expected) =>
        Assert.Equal(expected, SubmitClassifier.OfAnswer(200, new SubmitReading { Error = new WireError(code) }));

    [Theory]
    [InlineData(200, JobStatus.Succeeded, true, SubmitOutcome.Accepted)]
    [InlineData(200, JobStatus.Succeeded, false, SubmitOutcome.Ambiguous)]
    [InlineData(200, JobStatus.Running, true, SubmitOutcome.Ambiguous)]
    [InlineData(400, JobStatus.Succeeded, true, SubmitOutcome.Ambiguous)]
    [InlineData(404, JobStatus.Succeeded, true, SubmitOutcome.Rejected)]
    [InlineData(500, JobStatus.Succeeded, true, SubmitOutcome.Ambiguous)]
    internal void OfAnswer_ResultWithoutId_IsAcceptedWhereItIsThere(int status, JobStatus word, bool video, SubmitOutcome expected)
    {
        JobUpdate update = new() { Status = word, Outputs = video ? [new JobOutput { Url = new Uri("https://cdn.example/v.mp4") }] : [] };

        Assert.Equal(expected, SubmitClassifier.OfAnswer(status, new SubmitReading { Update = update }));
        Assert.Equal(
            status == 200 ? SubmitOutcome.Rejected : expected,
            SubmitClassifier.OfAnswer(status, new SubmitReading { Update = update, Error = new WireError(ErrorCode.InvalidRequest) }));
    }
}

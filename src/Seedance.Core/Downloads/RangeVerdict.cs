using System.Net.Http.Headers;

namespace Seedance.Downloads;

internal enum RangeUse
{
    /// <summary>The body goes on where the part ends, after <see cref="RangeVerdict.Skip"/> bytes that are there already.</summary>
    Append,

    /// <summary>The body is a whole object, perhaps another one than before.</summary>
    Whole,

    /// <summary>The part is all there is.</summary>
    Complete,

    /// <summary>Nothing in this answer can be trusted to belong to the part: empty it and ask for everything.</summary>
    StartOver,
}

/// <summary>
/// What a successful answer, or a 416, means for the part. The rule behind every branch: bytes are joined only when the answer itself says
/// that they are of the same object and names where they begin.
/// </summary>
internal sealed record RangeVerdict(RangeUse Use, long Skip = 0, long? Expected = null)
{
    private static readonly RangeVerdict s_startOver = new(RangeUse.StartOver);

    public static RangeVerdict Judge(HttpResponseMessage answer, long have, long? total, MediaValidator validator) =>
        (int)answer.StatusCode switch
        {
            200 => new(RangeUse.Whole, Expected: answer.Content.Headers.ContentLength),
            206 when have > 0 => JudgePiece(answer, have, total, validator),
            416 when have > 0 => JudgeEnd(answer, have, total, validator),
            _ => s_startOver,
        };

    private static RangeVerdict JudgePiece(HttpResponseMessage answer, long have, long? total, MediaValidator validator)
    {
        ContentRangeHeaderValue? range = answer.Content.Headers.ContentRange; // Null where several ranges come as one multipart body.
        if (range is not { Unit: "bytes", From: { } from, To: { } to, Length: { } length } || !validator.Confirms(answer))
        {
            return s_startOver;
        }

        bool fits = from <= have && to >= have && to < length && (total is null || total == length);
        long size = to - from + 1;
        bool honest = answer.Content.Headers.ContentLength is not { } named || named == size;
        return fits && honest ? new(RangeUse.Append, have - from, size) : s_startOver;
    }

    /// <summary>
    /// "Beyond the end" is what a host says to a part that is whole, and also to one of another object: the size decides.
    /// </summary>
    private static RangeVerdict JudgeEnd(HttpResponseMessage answer, long have, long? total, MediaValidator validator)
    {
        bool whole = answer.Content.Headers.ContentRange is { Length: { } length } && length == have && (total is null || total == have);
        bool changed = answer.Headers.ETag is { } tag && tag.Tag != validator.ETag;
        return whole && !changed ? new(RangeUse.Complete) : s_startOver;
    }
}

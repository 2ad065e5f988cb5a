using System.Net.Http.Headers;

namespace Seedance.Downloads;

/// <summary>
/// What proves that two answers are pieces of one object: a strong ETag, or else a Last-Modified that is old enough to be strong. It does
/// not depend on the address, because a fresh signature makes a new address of the same object.
/// </summary>
internal sealed record MediaValidator(string? ETag, DateTimeOffset? LastModified)
{
    // RFC 9110, 8.8.2.2: a date is weak while the object may have changed again within the same tick of the server's clock.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(60);

    public static MediaValidator None { get; } = new(null, null);

    /// <summary>Whether a download may be continued on its word.</summary>
    public bool IsStrong => ETag is not null || LastModified is not null;

    public static MediaValidator Read(HttpResponseMessage answer)
    {
        if (answer.Headers.ETag is { } tag)
        {
            return tag.IsWeak ? None : new(tag.Tag, null); // With any ETag at all, a date must not be used (RFC 9110, 13.1.5).
        }

        bool malformed = answer.Headers.TryGetValues("ETag", out _);
        return !malformed && answer.Content.Headers.LastModified is { } changed && answer.Headers.Date is { } sent
            && sent - changed >= s_settled
            ? new(null, changed)
            : None;
    }

    public RangeConditionHeaderValue ToIfRange() =>
        ETag is not null ? new(new EntityTagHeaderValue(ETag)) : new(LastModified!.Value);

    /// <summary>Whether the answer says that it is of the same object; silence is not yes, since some servers ignore If-Range.</summary>
    public bool Confirms(HttpResponseMessage answer) => ETag is not null
        ? answer.Headers.ETag is { IsWeak: false } tag && tag.Tag == ETag
        : LastModified is not null && answer.Content.Headers.LastModified == LastModified;
}

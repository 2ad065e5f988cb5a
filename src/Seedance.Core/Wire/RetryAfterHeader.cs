using System.Net.Http.Headers;

namespace Seedance.Wire;

/// <summary>
/// Both forms of Retry-After, seconds and date, never beyond an hour. What asks for no pause at all, as 0 and a date that has passed do, is
/// no hint: whoever would wait then keeps to its own pause.
/// </summary>
internal static class RetryAfterHeader
{
    /// <summary>No host's pause is longer: a mad one must not end all waits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// <paramref name="receivedAt"/> is by our clock. A date to come is measured by the clock that it was made with, the answer's own
    /// <paramref name="date"/>, where that is known.
    /// </summary>
    public static TimeSpan? Read(string? value, DateTimeOffset receivedAt, string? date)
    {
        if (!RetryConditionHeaderValue.TryParse(value, out RetryConditionHeaderValue? parsed))
        {
            return null;
        }

        DateTimeOffset sentAt = DateTimeOffset.TryParse(
            date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset named) ? named : receivedAt;
        return Bounded(parsed.Delta ?? parsed.Date - sentAt);
    }

    /// <summary>The same bounds for a pause that a host names elsewhere.</summary>
    public static TimeSpan? Bounded(TimeSpan? wait) =>
        wait is not { } known || known <= TimeSpan.Zero ? null : known < Longest ? known : Longest;
}

using System.Net.Http.Headers;

namespace Seedance.Wire;

/// <summary>Both forms of Retry-After, seconds and date, never negative and never beyond an hour: a host's clock may be wrong.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(value, out RetryConditionHeaderValue? parsed))
        {
            return null;
        }

        TimeSpan? wait = parsed.Delta ?? parsed.Date - now;
        return wait is not { } known ? null : known < TimeSpan.Zero ? TimeSpan.Zero : known > s_longest ? s_longest : known;
    }
}

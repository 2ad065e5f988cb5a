namespace Seedance.Providers;

/// <summary>What hosts that sign their callbacks have in common.</summary>
internal static class CallbackHeaders
{
    public static string? Find(IReadOnlyDictionary<string, string> headers, string name)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value.Trim();
            }
        }

        return null;
    }

    /// <summary>What is wrong with a timestamp in Unix seconds: an old one may be a replay.</summary>
    public static string? OutOfTime(string seconds, DateTimeOffset now, TimeSpan window)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > 99_999_999_999)
        {
            return "its timestamp is no time";
        }

        TimeSpan away = (DateTimeOffset.FromUnixTimeSeconds(number) - now).Duration();
        return away <= window
            ? null
            : string.Format(CultureInfo.InvariantCulture, "its timestamp is {0:0} s away from this machine's clock", away.TotalSeconds);
    }
}

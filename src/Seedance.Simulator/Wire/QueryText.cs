namespace Seedance.Simulator.Wire;

/// <summary>The values of a query string.</summary>
internal static class QueryText
{
    public static Dictionary<string, string> Parse(string query)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string pair in query.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? pair : pair.Substring(0, equals);
            values[Unescape(name)] = equals < 0 ? string.Empty : Unescape(pair.Substring(equals + 1));
        }

        return values;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

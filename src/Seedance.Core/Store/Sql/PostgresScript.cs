namespace Seedance.Store;

/// <summary>The tables as a script, for who lets no program make them.</summary>
internal static class PostgresScript
{
    public static string Text()
    {
        IEnumerable<string> statements = Enumerable.Range(1, Schema.Version).SelectMany(Schema.Step).Select(PostgresEngine.Adapted);
        string version = string.Format(
            CultureInfo.InvariantCulture,
            "insert into seedance.seedance (id, version, compatible, created_at)\nvalues (1, {0}, {1}, to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'))",
            Schema.Version,
            Schema.Compatible);
        return string.Join(";\n\n", ["begin", "create schema if not exists seedance", .. statements, version, "commit"]) + ";\n";
    }
}

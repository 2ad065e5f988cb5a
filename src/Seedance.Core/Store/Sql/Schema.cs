namespace Seedance.Store;

/// <summary>The numbered steps by which the tables came to be. A step that was released is never edited; a change is a new one.</summary>
internal static class Schema
{
    /// <summary>The last step.</summary>
    public const int Version = 3;

    /// <summary>The oldest version whose programs may work with today's tables.</summary>
    public const int Compatible = 2;

    /// <summary>The statements of a step.</summary>
    public static IEnumerable<string> Step(int number)
    {
        string name = string.Format(CultureInfo.InvariantCulture, "Seedance.Core.Store.Sql.Migrations.{0:0000}.sql", number);
        using Stream stream = typeof(Schema).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Replace("\r", string.Empty).Split([";\n"], StringSplitOptions.None)
            .Select(statement => statement.Trim()).Where(statement => statement.Length > 0)];
    }
}

/// <summary>Times as the tables hold them.</summary>
internal static class SqlTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static string? Text(DateTimeOffset? time) => time is { } known ? Text(known) : null;

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

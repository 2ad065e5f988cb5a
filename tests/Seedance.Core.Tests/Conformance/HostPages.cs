namespace Seedance.Core.Tests.Conformance;

/// <summary>
/// What the pages in <c>docs/providers</c> say that tests have to cover: what each host's documents leave open, contradict, or set a trap
/// with, which a test names with <c>[Trait("Sheet", "muapi §11.2")]</c>; and what exercises each route that the simulator answers. A
/// dialect is called strict only where a real client or a transcript does.
/// </summary>
internal static class HostPages
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<(string Key, string Text)> Items { get; } =
        [.. Rows("Traps and open questions that have a test").Select(row => (row.Page + " " + row.Cells[0], row.Cells[1]))];

    public static IReadOnlyList<RouteItem> Routes { get; } =
    [
        .. Rows("Routes of the simulator")
            .Select(row => new RouteItem(row.Cells[0], row.Cells[1].Trim('`'), Split(row.Cells[2], "<br>"), Split(row.Cells[3], ", "))),
    ];

    /// <summary>The rows of the table below a heading, page by page.</summary>
    private static IEnumerable<(string Page, string[] Cells)> Rows(string heading) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, "docs", "providers"), "*.md").Order(StringComparer.Ordinal)
        from line in File.ReadLines(path).SkipWhile(line => line != "## " + heading).Skip(4).TakeWhile(line => line.StartsWith('|'))
        select (Path.GetFileNameWithoutExtension(path), line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static string[] Split(string cell, string between) => cell.Split(between, StringSplitOptions.RemoveEmptyEntries);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Seedance.PowerShell.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run below the repository.");
    }
}

/// <param name="Operations">Of real clients, as "file: name of the test".</param>
internal sealed record RouteItem(string Host, string Route, string[] Operations, string[] Transcripts);

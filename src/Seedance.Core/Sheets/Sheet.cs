namespace Seedance.Sheets;

/// <summary>
/// A table of requests as it was read. The columns are the names of the first line, each once; the rows leave out lines that are empty.
/// </summary>
internal sealed record Sheet(IReadOnlyList<string> Columns, IReadOnlyList<SheetRow> Rows, char Delimiter);

/// <summary>
/// A line of a sheet. <paramref name="Number"/> is its place among the rows, from 1; the line of names is none. <paramref name="Problem"/>
/// is why it cannot be read.
/// </summary>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells, string? Problem = null)
{
    /// <summary>The cell of a column; null where the sheet has no such column.</summary>
    public string? Cell(Sheet sheet, string column)
    {
        for (int i = 0; i < sheet.Columns.Count; i++)
        {
            if (string.Equals(sheet.Columns[i], column, StringComparison.OrdinalIgnoreCase))
            {
                return Cells[i];
            }
        }

        return null;
    }
}

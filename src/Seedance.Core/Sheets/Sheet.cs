namespace Seedance.Sheets;

/// <summary>A table of requests as it was read.</summary>
/// <param name="Columns">The names of the first line, each once.</param>
/// <param name="Rows">What follows, without the lines that are empty.</param>
/// <param name="Delimiter">What parts its cells.</param>
internal sealed record Sheet(IReadOnlyList<string> Columns, IReadOnlyList<SheetRow> Rows, char Delimiter);

/// <summary>A line of a sheet.</summary>
/// <param name="Number">Its place among the rows, from 1; the line of names is none.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="Problem">Why it cannot be read.</param>
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

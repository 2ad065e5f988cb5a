namespace Seedance.Sheets;

/// <summary>Writes a table for a spreadsheet: UTF-8 with the mark that Excel wants, every cell quoted where it has to be.</summary>
internal static class SheetWriter
{
    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, char delimiter)
    {
        StringBuilder text = new();
        Line(text, columns, delimiter);
        foreach (IReadOnlyList<string> row in rows)
        {
            Line(text, row, delimiter);
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>What comes from a host must not become a formula of the spreadsheet that opens it.</summary>
    public static string Harmless(string text) => text.Length > 0 && "=+-@".IndexOf(text[0]) >= 0 ? " " + text : text;

    private static void Line(StringBuilder text, IReadOnlyList<string> cells, char delimiter)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                text.Append(delimiter);
            }

            string cell = cells[i];
            bool quoted = cell.Any(letter => letter == delimiter || letter is '"' or '\r' or '\n' or ',' or ';') || cell != cell.Trim();
            text.Append(quoted ? "\"" + cell.Replace("\"", "\"\"") + "\"" : cell);
        }

        text.Append("\r\n");
    }
}

using System.Collections.Specialized;
using System.Management.Automation;
using Seedance.Jobs.Batch;
using Seedance.Sheets;

namespace Seedance.PowerShell.Piped;

/// <summary>A row of a sheet as the pipeline knows it.</summary>
internal static class RowObject
{
    /// <summary>The cells, as they bind to the parameters of their names.</summary>
    public static PSObject Given(Sheet sheet, SheetRow row)
    {
        OrderedDictionary cells = [];
        for (int i = 0; i < sheet.Columns.Count; i++)
        {
            cells.Add(sheet.Columns[i], row.Cells[i]);
        }

        return PSObject.AsPSObject(cells);
    }

    /// <summary>The row with its number and what became of it.</summary>
    public static PSObject Done(Sheet sheet, BatchItem item)
    {
        PSObject row = new();
        row.Properties.Add(new PSNoteProperty("Row", item.Row.Number));
        foreach (KeyValuePair<string, string> cell in BatchResult.Cells(sheet, item))
        {
            if (!string.Equals(cell.Key, "Row", StringComparison.OrdinalIgnoreCase))
            {
                row.Properties.Add(new PSNoteProperty(cell.Key, cell.Value));
            }
        }

        return row;
    }
}

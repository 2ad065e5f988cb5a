using Seedance.Sheets;
using Seedance.Storage;

namespace Seedance.Jobs.Batch;

/// <summary>
/// The sheet with what became of each row, written beside it: whole or not at all, now and then while the run goes on and once at its end.
/// </summary>
internal sealed class BatchResult(Sheet sheet, string path, TimeProvider time)
{
    private static readonly string[] s_added = ["Id", "Status", "Error", "Cost", "Unit", "Path"];
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private long? _written;

    public string Path => path;

    /// <summary>The cells of a row, by column: those of the sheet and those that are added.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Cells(Sheet sheet, BatchItem item)
    {
        Dictionary<string, string> added = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Id"] = item.Job?.Id ?? string.Empty,
            ["Status"] = item.Status,
            ["Error"] = Reason(item),
            ["Cost"] = item.Job?.Cost?.ToString("0.######", CultureInfo.InvariantCulture) ?? string.Empty,
            ["Unit"] = item.Job?.CostUnit ?? string.Empty,
            ["Path"] = item.Job?.Path ?? string.Empty,
        };
        List<KeyValuePair<string, string>> cells = [];
        for (int i = 0; i < sheet.Columns.Count; i++)
        {
            // A sheet that is a result itself gets its new values in its own columns.
            if (!s_added.Contains(sheet.Columns[i], StringComparer.OrdinalIgnoreCase))
            {
                cells.Add(new(sheet.Columns[i], item.Row.Cells[i]));
            }
        }

        if (item.Take is { } take && !sheet.Columns.Contains("TakeNo", StringComparer.OrdinalIgnoreCase))
        {
            cells.Add(new("TakeNo", take.ToString(CultureInfo.InvariantCulture)));
        }

        cells.AddRange(s_added.Select(name => new KeyValuePair<string, string>(name, added[name])));
        return cells;
    }

    public void WriteNowAndThen(IReadOnlyList<BatchItem> items)
    {
        if (_written is not { } written || time.GetElapsedTime(written) >= s_interval)
        {
            Write(items);
        }
    }

    public void Write(IReadOnlyList<BatchItem> items)
    {
        _written = time.GetTimestamp();
        if (items.Count == 0)
        {
            return;
        }

        IReadOnlyList<KeyValuePair<string, string>>[] rows = [.. items.Select(item => Cells(sheet, item))];
        byte[] bytes = SheetWriter.Write([.. rows[0].Select(cell => cell.Key)],
            rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => cell.Value)]), sheet.Delimiter);
        try
        {
            AtomicFile.Write(path, bytes, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeedanceException(ErrorCode.SaveFailed, "The result sheet " + path + " could not be written: " + error.Message, error)
            {
                Target = path,
                RecommendedAction =
                    "Close it where it is open, then run the command again: what is paid is on record and is not paid again.",
            };
        }
    }

    private static string Reason(BatchItem item) => SheetWriter.Harmless(
        item.IsSaved ? string.Empty : item.Error is { } error
            ? error.Code + ": " + error.Message
            : item.Job?.Error?.ToString() ?? string.Empty);
}

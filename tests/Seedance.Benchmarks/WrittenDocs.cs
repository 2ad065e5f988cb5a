namespace Seedance.Benchmarks;

/// <summary>The numbers of docs/benchmarks.md, to be compared with and to be kept where a run did not measure them anew.</summary>
internal sealed class WrittenDocs
{
    private readonly Dictionary<(string Id, string What), (string Line, double? Value)> _rows = [];

    /// <summary>For runs of another size.</summary>
    public static WrittenDocs None { get; } = new(string.Empty);

    public WrittenDocs(string path)
    {
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
            if (cells.Length > 4 && cells[1].StartsWith('B'))
            {
                bool isNumber = double.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
                _rows[(cells[1], cells[2])] = (line, isNumber ? value : null);
            }
        }
    }

    /// <summary>The rows of a benchmark that did not run.</summary>
    public IEnumerable<string> Rows(string id) => _rows.Where(row => row.Key.Id == id).Select(row => row.Value.Line);

    /// <summary>What it was, when the new one is worse by more than a tenth; null otherwise.</summary>
    public double? Fell(string id, Measurement measured)
    {
        if ((measured.Gate ?? measured.Goal) is not { Value: > 0 } bound || measured.Value is not { } value
            || !_rows.TryGetValue((id, measured.What), out (string, double? Value) row) || row.Value is not { } before)
        {
            return null;
        }

        return (bound.AtLeast ? value < before * 0.9 : value > before * 1.1) && measured.Goal?.Holds(value) != true ? before : null;
    }
}

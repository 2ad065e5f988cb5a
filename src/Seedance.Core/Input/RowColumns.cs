namespace Seedance.Input;

/// <summary>
/// The columns of one row, told apart. <paramref name="Given"/> is what the engine has not bound, by parameter; <paramref name="Others"/>
/// belongs to no parameter and is kept with the job.
/// </summary>
internal sealed record RowColumns(IReadOnlyList<KeyValuePair<string, object?>> Given, SheetColumns Others)
{
    /// <summary>
    /// Tells the columns of a row apart. <paramref name="isBound"/> says that the engine binds columns that have a parameter's very name;
    /// else all are to be given. A parameter that <paramref name="isFixed"/> by the command line counts for all rows.
    /// </summary>
    /// <exception cref="SeedanceException">Where a column would be lost that was meant to count, or two give one thing.</exception>
    public static RowColumns Read(
        ColumnNames names, IEnumerable<KeyValuePair<string, object?>> row, bool isBound, Func<string, bool> isFixed)
    {
        KeyValuePair<string, object?>[] cells = [.. row.Where(cell => !IsBlank(cell.Value))];
        Dictionary<string, (string Column, object? Value)> given = new(StringComparer.OrdinalIgnoreCase);
        List<(string Column, object? Value)> others = [];
        List<string> wrong = [];
        foreach (var (column, value) in cells.Select(cell => (cell.Key, cell.Value)))
        {
            if (names.Parameter(column) is not { } parameter)
            {
                others.Add((column, value));
            }
            else if (given.TryGetValue(parameter, out var other) && Text(other.Value) != Text(value))
            {
                wrong.Add(string.Format(
                    CultureInfo.InvariantCulture, "the columns '{0}' and '{1}' both give {2}", other.Column, column, parameter));
            }
            else
            {
                given[parameter] = (column, value);
            }
        }

        foreach (var (column, _) in others)
        {
            if (names.Near(column) is { } near && !given.ContainsKey(near) && !isFixed(near))
            {
                wrong.Add(string.Format(CultureInfo.InvariantCulture, "the column '{0}' is no parameter and is like {1}", column, near));
            }
        }

        return wrong.Count > 0 ? throw Refuse(wrong) : new RowColumns(
            [.. given.Where(item => !(isBound && names.IsExact(item.Key, item.Value.Column)) && !isFixed(item.Key))
                .Select(item => new KeyValuePair<string, object?>(item.Key, item.Value.Value))],
            new SheetColumns(others.Select(item => new KeyValuePair<string, string>(item.Column.Trim(), Text(item.Value)))));
    }

    private static SeedanceException Refuse(List<string> wrong)
    {
        string text = string.Join("; ", wrong);
        return new SeedanceException(ErrorCode.InvalidRequest, char.ToUpperInvariant(text[0]) + text.Substring(1) + ".")
        {
            RecommendedAction =
                "Nothing was sent or spent. Rename the column to the parameter that it means, or take it out of the rows with Select-Object.",
        };
    }

    private static bool IsBlank(object? value) => value is null || (value is string text && CellText.Optional(text) is null);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}

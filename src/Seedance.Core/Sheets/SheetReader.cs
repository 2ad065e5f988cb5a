namespace Seedance.Sheets;

/// <summary>
/// Reads CSV as spreadsheets write it: commas, semicolons or tabs, quoted cells with line ends and doubled quotes, and the line
/// <c>sep=;</c> of Excel. A reader of its own, because a row that is misread is a video that is paid for: what does not fit is an error and
/// never a guess.
/// </summary>
internal sealed class SheetReader
{
    private static readonly char[] s_delimiters = [',', ';', '\t'];
    private readonly string _text;
    private readonly char _delimiter;
    private int _at;

    private SheetReader(string text, char delimiter, int at)
    {
        _text = text;
        _delimiter = delimiter;
        _at = at;
    }

    public static Sheet Read(string text)
    {
        int begin = 0;
        char? named = null;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4)
        {
            named = text[4];
            begin = text.IndexOf('\n') is >= 0 and int end ? end + 1 : text.Length;
        }

        SheetReader reader = new(text, named ?? Delimiter(text, begin), begin);
        List<IReadOnlyList<string>> lines = [];
        while (reader.Line() is { } line)
        {
            if (line.Any(cell => cell.Trim().Length > 0))
            {
                lines.Add(line);
            }
        }

        return lines.Count == 0
            ? throw Refuse("The sheet is empty.", "Its first line names the columns; one of them is Prompt.")
            : Make(lines, reader._delimiter);
    }

    private static Sheet Make(List<IReadOnlyList<string>> lines, char delimiter)
    {
        List<string> names =
            [.. lines[0].Select((name, index) => name.Trim() is { Length: > 0 } text
            ? text
            : "Column" + (index + 1).ToString(CultureInfo.InvariantCulture))];
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Refuse("The sheet has the column '" + twice.Key + "' twice.", "Rename or remove one of them.");
        }

        return new Sheet(names, [.. lines.Skip(1).Select((cells, index) => Row(index + 1, cells, names.Count))], delimiter);
    }

    private static SheetRow Row(int number, IReadOnlyList<string> cells, int columns)
    {
        bool tooMany = cells.Skip(columns).Any(cell => cell.Trim().Length > 0);
        return new SheetRow(
            number,
            [.. cells.Take(columns), .. Enumerable.Repeat(string.Empty, Math.Max(0, columns - cells.Count))],
            tooMany ? "has more cells than the sheet has columns: a cell that holds the delimiter needs quotes" : null);
    }

    /// <summary>Whichever stands most often in the first line, outside quotes.</summary>
    private static char Delimiter(string text, int begin)
    {
        Dictionary<char, int> counts = s_delimiters.ToDictionary(delimiter => delimiter, _ => 0);
        bool quoted = false;
        for (int i = begin; i < text.Length && (quoted || text[i] is not ('\r' or '\n')); i++)
        {
            quoted ^= text[i] == '"';
            if (!quoted && counts.TryGetValue(text[i], out int count))
            {
                counts[text[i]] = count + 1;
            }
        }

        return s_delimiters.OrderByDescending(delimiter => counts[delimiter]).First();
    }

    /// <summary>The next line's cells; null after the last.</summary>
    private List<string>? Line()
    {
        if (_at >= _text.Length)
        {
            return null;
        }

        List<string> cells = [];
        while (true)
        {
            cells.Add(Cell());
            if (_at >= _text.Length)
            {
                return cells;
            }

            char end = _text[_at++];
            if (end == _delimiter)
            {
                if (_at >= _text.Length)
                {
                    cells.Add(string.Empty);
                    return cells;
                }

                continue;
            }

            if (end == '\r' && _at < _text.Length && _text[_at] == '\n')
            {
                _at++;
            }

            return cells;
        }
    }

    /// <summary>Reads to the delimiter or line end and stops before it.</summary>
    private string Cell()
    {
        if (_text[_at] != '"')
        {
            int begin = _at;
            while (_at < _text.Length && _text[_at] != _delimiter && _text[_at] is not ('\r' or '\n'))
            {
                _at++;
            }

            return _text.Substring(begin, _at - begin);
        }

        StringBuilder cell = new();
        int opened = _at++;
        while (_at < _text.Length)
        {
            if (_text[_at] != '"')
            {
                cell.Append(_text[_at++]);
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == '"')
            {
                cell.Append('"');
                _at += 2;
            }
            else
            {
                _at++;
                while (_at < _text.Length && _text[_at] != _delimiter && _text[_at] is not ('\r' or '\n'))
                {
                    cell.Append(_text[_at++]); // What stands after the closing quote is kept, as spreadsheets do.
                }

                return cell.ToString();
            }
        }

        int line = _text.Take(opened).Count(letter => letter == '\n') + 1;
        throw Refuse("A quote in line " + line.ToString(CultureInfo.InvariantCulture) + " of the sheet is never closed.",
            "Close it, or double a quote that belongs to the text.");
    }

    private static SeedanceException Refuse(string message, string action) =>
        new(ErrorCode.InvalidRequest, message) { RecommendedAction = "Nothing was sent or spent. " + action };
}

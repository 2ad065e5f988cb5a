using System.Collections;
using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Input;

/// <summary>The columns of a job as they come back: as a table from Clixml, as an object from JSON, as text from a CSV cell.</summary>
internal static class ColumnCell
{
    public static SheetColumns Read(object? value) => value switch
    {
        SheetColumns columns => columns,
        IDictionary table => new SheetColumns(table.Keys.Cast<object>().Select(name => Pair(Text(name), table[name]))),
        IEnumerable<KeyValuePair<string, object?>> fields => new SheetColumns(fields.Select(field => Pair(field.Key, field.Value))),
        string text => Parse(text),
        _ => SheetColumns.None,
    };

    private static SheetColumns Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new SheetColumns(new WireNode(document.RootElement).Properties.Select(field => Pair(field.Key, field.Value.Text)));
        }
        catch (JsonException)
        {
            return SheetColumns.None;
        }
    }

    private static KeyValuePair<string, string> Pair(string name, object? value) => new(name, Text(value));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}

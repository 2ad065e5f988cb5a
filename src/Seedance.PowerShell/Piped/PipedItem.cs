using System.Collections;
using System.Management.Automation;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Piped;

/// <summary>One object of the pipeline, as what it can be for a request.</summary>
internal static class PipedItem
{
    /// <summary>The columns of a row; null for what is none.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>>? Row(object? item) => Unwrapped.Value(item) switch
    {
        IDictionary table => [.. table.Keys.Cast<object>().Select(name => Cell(name.ToString() ?? string.Empty, table[name]))],
        PSObject { BaseObject: PSCustomObject } row =>
            [.. row.Properties.Where(property => property.IsGettable).Select(property => Cell(property.Name, property.Value))],
        _ => null,
    };

    private static KeyValuePair<string, object?> Cell(string column, object? value) => new(column, Unwrapped.Value(value));

    /// <summary>What a person would call it.</summary>
    public static string Describe(object? item) => Unwrapped.Value(item) switch
    {
        null => "nothing",
        FileSystemInfo => "a file",
        _ when Row(item) is { } row => "a row with the columns " + string.Join(", ", row.Select(cell => cell.Key)),
        { } other => "a " + other.GetType().Name,
    };
}

using System.Collections.ObjectModel;

namespace Seedance;

/// <summary>
/// What a row of a sheet said beside the request, by column. As text it is a JSON object, so that it is still readable in a CSV cell; case
/// does not matter.
/// </summary>
public sealed class SheetColumns : ReadOnlyDictionary<string, string>
{
    /// <param name="columns">Copied; of two names that differ in case alone the later counts.</param>
    public SheetColumns(IEnumerable<KeyValuePair<string, string>> columns)
        : base(Copy(columns))
    {
    }

    /// <summary>No columns.</summary>
    public static SheetColumns None { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder json = new("{");
        foreach (KeyValuePair<string, string> column in this)
        {
            Quote(json.Append(json.Length > 1 ? "," : string.Empty), column.Key);
            Quote(json.Append(':'), column.Value);
        }

        return Count == 0 ? string.Empty : json.Append('}').ToString();
    }

    private static Dictionary<string, string> Copy(IEnumerable<KeyValuePair<string, string>> columns)
    {
        Dictionary<string, string> copy = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> column in columns ?? throw new ArgumentNullException(nameof(columns)))
        {
            copy[column.Key] = column.Value ?? string.Empty;
        }

        return copy;
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char letter in text)
        {
            if (letter is '"' or '\\')
            {
                json.Append('\\').Append(letter);
            }
            else if (letter < ' ')
            {
                json.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(letter);
            }
        }

        json.Append('"');
    }
}

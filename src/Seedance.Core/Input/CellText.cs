using Seedance.Models;

namespace Seedance.Input;

/// <summary>How values are read that may come from a spreadsheet: a blank cell means "not given", and nothing is rounded or guessed.</summary>
internal static class CellText
{
    /// <summary>Null for a blank cell.</summary>
    public static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    /// <summary>A whole number, or null for a blank cell. PowerShell itself would round 7.5 to 8 and read a blank as 0; both cost money.</summary>
    public static long? WholeNumber(object? value)
    {
        if (value is null || (value is string text && Optional(text) is null))
        {
            return null;
        }

        string written = Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim();
        return decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new FormatException("'" + written + "' is no whole number.");
    }

    /// <summary>A length in seconds; the word that some hosts have for "the model decides" is the number that the others have.</summary>
    public static long? Seconds(object? value) => value is string word && string.Equals(word.Trim(), "auto", StringComparison.OrdinalIgnoreCase) ? RequestLength.Automatic : WholeNumber(value);

    /// <summary>An amount of money, or null for a blank cell. PowerShell itself would read 0,5 as 5.</summary>
    public static decimal? Amount(object? value)
    {
        if (value is not string text)
        {
            return value is null ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }

        if (Optional(text) is not { } written)
        {
            return null;
        }

        return decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : throw new FormatException("'" + written + "' is no amount; write it like 0.5, with a point and without grouping.");
    }

    /// <summary>A switch; a blank cell is off. PowerShell itself would read the text False as on or refuse it.</summary>
    public static bool Flag(object? value) => value switch
    {
        null => false,
        bool given => given,
        string text => Word(text),
        _ => WholeNumber(value) != 0,
    };

    /// <summary>
    /// The references of a parameter or cell. One text may hold several, parted by semicolons, as a cell does; several texts are taken as they are. The
    /// semicolon inside a data address parts nothing.
    /// </summary>
    public static IReadOnlyList<string> List(IReadOnlyCollection<string?>? texts)
    {
        if (texts is null)
        {
            return [];
        }

        IEnumerable<string?> parts = texts.Count == 1 ? Split(texts.First()) : texts.AsEnumerable();
        return [.. parts.Select(Optional).OfType<string>()];
    }

    private static bool Word(string text) => Optional(text)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "NO" or "N" or "0" or "$FALSE" => false,
        "TRUE" or "YES" or "Y" or "1" or "X" or "$TRUE" => true,
        { } word => throw new FormatException("'" + word + "' is neither true nor false."),
    };

    private static IEnumerable<string?> Split(string? text)
    {
        string? data = null;
        foreach (string part in (text ?? string.Empty).Split(';'))
        {
            string whole = data is null ? part : data + ";" + part;
            bool header = whole.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase) && whole.IndexOf(',') < 0;
            if (!header)
            {
                yield return whole;
            }

            data = header ? whole : null;
        }

        if (data is not null)
        {
            yield return data;
        }
    }
}

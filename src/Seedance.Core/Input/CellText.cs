using Seedance.Models;

namespace Seedance.Input;

/// <summary>
/// How values are read that may come from a spreadsheet: a blank cell means "not given", and nothing is rounded or guessed.
/// </summary>
internal static class CellText
{
    /// <summary>Null for a blank cell. Marks that nobody sees, as web pages leave them, are blanks at both ends.</summary>
    public static string? Optional(string? text)
    {
        string trimmed = Trimmed(text);
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>
    /// A whole number, or null for a blank cell. PowerShell itself would round 7.5 to 8 and read a blank as 0; both cost money.
    /// </summary>
    public static long? WholeNumber(object? value)
    {
        if (value is null || (value is string text && Optional(text) is null))
        {
            return null;
        }

        string written = Trimmed(Convert.ToString(value, CultureInfo.InvariantCulture));
        return decimal.TryParse(
            written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new FormatException("'" + written + "' is no whole number.");
    }

    /// <summary>A length in seconds; the word that some hosts have for "the model decides" is the number that the others have.</summary>
    public static long? Seconds(object? value) =>
        value is string word && string.Equals(Trimmed(word), "auto", StringComparison.OrdinalIgnoreCase)
        ? RequestLength.Automatic
        : WholeNumber(value);

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

        return decimal.TryParse(
            written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
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

    /// <summary>The names of a parameter or cell, parted by semicolons.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyCollection<string?>? texts) =>
        [.. (texts ?? []).SelectMany(text => (text ?? string.Empty).Split(';')).Select(Optional).OfType<string>()];

    /// <summary>
    /// The references of a parameter or cell. One text may hold several, as a cell does; several texts are taken as they are.
    /// </summary>
    public static IReadOnlyList<string> List(IReadOnlyCollection<string?>? texts)
    {
        if (texts is null)
        {
            return [];
        }

        IEnumerable<string?> parts = texts.Count == 1 ? ReferenceCell.Split(texts.First()) : texts.AsEnumerable();
        return [.. parts.Select(Optional).OfType<string>()];
    }

    private static bool Word(string text) => Optional(text)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "NO" or "N" or "0" or "$FALSE" => false,
        "TRUE" or "YES" or "Y" or "1" or "X" or "$TRUE" => true,
        { } word => throw new FormatException("'" + word + "' is neither true nor false."),
    };

    private static string Trimmed(string? text)
    {
        int first = 0;
        int last = (text ?? string.Empty).Length - 1;
        while (first <= last && IsUnseen(text![first]))
        {
            first++;
        }

        while (last >= first && IsUnseen(text![last]))
        {
            last--;
        }

        return (text ?? string.Empty).Substring(first, last - first + 1);
    }

    private static bool IsUnseen(char letter) =>
        char.IsWhiteSpace(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format;
}

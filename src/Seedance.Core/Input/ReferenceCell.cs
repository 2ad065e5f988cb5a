using System.Text.RegularExpressions;

namespace Seedance.Input;

/// <summary>
/// Several references in one cell of a table. Addresses hold semicolons and commas of their own (signatures do), so a mark parts two
/// references only where what is before it and what is after it are whole ones.
/// </summary>
internal static class ReferenceCell
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly Regex s_address = new(@"^(https?|asset|file)://|^data:", Options, s_patience);

    /// <summary>From the root, from the current folder, from a home or with a drive.</summary>
    private static readonly Regex s_rooted = new(@"^([/\\~]|\.{1,2}[/\\]|[a-z]:[/\\])", Options, s_patience);

    /// <summary>A name with an extension and nothing that belongs to a query.</summary>
    private static readonly Regex s_named = new(@"^[^=&?;]+\.[a-z0-9]{2,5}$", Options, s_patience);

    /// <summary>Blanks or a comma before an address; no address holds a blank.</summary>
    private static readonly Regex s_beforeAddress = new(@"(?:\s*,\s*|\s+)(?=(?:https?|asset)://)", Options, s_patience);

    public static IEnumerable<string> Split(string? cell)
    {
        foreach (string part in AtSemicolons(cell ?? string.Empty))
        {
            foreach (string reference in IsData(part) ? [part] : s_beforeAddress.Split(part.Trim()))
            {
                yield return reference;
            }
        }
    }

    private static IEnumerable<string> AtSemicolons(string cell)
    {
        string[] pieces = cell.Split(';');
        string whole = pieces[0];
        for (int i = 1; i < pieces.Length; i++)
        {
            string rest = string.Join(";", pieces.Skip(i)).Trim();
            if (Parts(whole.Trim(), pieces[i].Trim(), rest))
            {
                yield return whole;
                whole = pieces[i];
            }
            else
            {
                whole += ";" + pieces[i];
            }
        }

        yield return whole;
    }

    private static bool Parts(string before, string next, string rest)
    {
        if (before.Length == 0 || rest.Length == 0)
        {
            return true;
        }

        if (IsData(before))
        {
            return before.IndexOf(',') >= 0; // The semicolons of its header part nothing.
        }

        bool isWhole = s_address.IsMatch(before) || s_named.IsMatch(before);
        bool begins = s_address.IsMatch(rest) || s_rooted.IsMatch(next);
        return (isWhole && (begins || s_named.IsMatch(next))) || (begins && s_rooted.IsMatch(before));
    }

    private static bool IsData(string text) => text.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}

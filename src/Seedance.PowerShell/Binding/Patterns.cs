using System.Management.Automation;
using Seedance.Input;

namespace Seedance.PowerShell.Binding;

/// <summary>Wildcards as a question that the core can ask; case does not matter.</summary>
internal static class Patterns
{
    /// <summary>Null where no pattern is given: everything fits.</summary>
    public static Func<string, bool>? Of(params string?[] texts)
    {
        WildcardPattern[] patterns = Array.ConvertAll(Given(texts), text => new WildcardPattern(text, WildcardOptions.IgnoreCase));
        return patterns.Length == 0 ? null : text => Array.Exists(patterns, pattern => pattern.IsMatch(text));
    }

    /// <summary>Without blank cells.</summary>
    public static string[] Given(string?[] texts) => [.. texts.Select(CellText.Optional).OfType<string>()];
}

namespace Seedance.Providers.Ark;

/// <summary>
/// The two spellings of one model id; the date at its end is the same (capability matrices of both houses, read 2026-09).
/// </summary>
internal static class ArkNames
{
    private const string Domestic = "doubao-";
    private const string International = "dreamina-";

    /// <summary>An id without its house's prefix, such as <c>seedance-2-0-260128</c>.</summary>
    public static string BytePlus(string id) => id.StartsWith("seedance-2", StringComparison.Ordinal) ? International + id : id;

    public static string Volcengine(string id) => Domestic + id;
}

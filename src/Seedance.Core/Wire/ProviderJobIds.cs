namespace Seedance.Wire;

/// <summary>
/// Which texts can be a host's id of a job: one that is none could never be asked for again, or would ask for something else.
/// </summary>
internal static class ProviderJobIds
{
    public const int Longest = 512;

    /// <summary>
    /// False for what is too long, holds what cannot be printed, a mark where the door removed something, or names a folder in an address.
    /// </summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= Longest && id is not ("." or "..") && id.IndexOf(Redactor.Mask, StringComparison.Ordinal) < 0
            && id.All(IsPrintable);

    private static bool IsPrintable(char letter) =>
        letter is not ('<' or '\uFFFD') && !char.IsWhiteSpace(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);
}

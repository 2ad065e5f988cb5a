namespace Seedance.Simulator.Dialects.Ark;

/// <summary>Ids of the form <c>cgt-20260801120000-ab12c</c>.</summary>
internal static class ArkId
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Of(DateTimeOffset at, ulong entropy)
    {
        char[] tail = new char[5];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = Letters[(int)(entropy % (ulong)Letters.Length)];
            entropy /= (ulong)Letters.Length;
        }

        return "cgt-" + at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "-" + new string(tail);
    }
}

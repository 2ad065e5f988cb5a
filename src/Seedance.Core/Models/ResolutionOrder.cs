namespace Seedance.Models;

/// <summary>Puts names of resolutions in the order of their size.</summary>
internal static class ResolutionOrder
{
    /// <summary>480p before 1080p before 4k; names without a number come last.</summary>
    public static int Lines(string resolution) =>
        int.TryParse(resolution.TrimEnd('p', 'P', 'k', 'K'), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number < 100 ? number * 540 : number
            : int.MaxValue;
}

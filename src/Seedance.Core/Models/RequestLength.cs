namespace Seedance.Models;

/// <summary>Whether a request says how long its video will be.</summary>
internal static class RequestLength
{
    /// <summary>The model chooses.</summary>
    public const int Automatic = -1;

    private const string Field = "duration";

    /// <summary>
    /// Ark and ModelsLab count frames, which beat the seconds; the final video of an Ark draft is as long as the draft (2026-09).
    /// </summary>
    private static readonly string[] s_otherMeasures = ["frames", "num_frames", "draft_task"];

    /// <summary>The length is left to the host or stated in another measure: neither seconds nor price are known beforehand.</summary>
    public static bool IsOpen(VideoRequest request) => request.DurationSeconds == Automatic || request.Options.Any(IsOpening);

    /// <summary>How hosts spell "as long as it takes".</summary>
    public static bool IsAutomatic(object? value)
    {
        string? text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim();
        return text == "-1" || Same(text, "auto");
    }

    private static bool IsOpening(KeyValuePair<string, object?> option) =>
        Array.Exists(s_otherMeasures, measure => Same(measure, option.Key)) || (Same(option.Key, Field) && IsAutomatic(option.Value));

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

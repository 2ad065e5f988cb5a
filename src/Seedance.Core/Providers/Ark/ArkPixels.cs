namespace Seedance.Providers.Ark;

/// <summary>
/// What a resolution and a ratio mean in pixels (capability matrix of BytePlus, read 2026-08); the answer names neither width nor height.
/// </summary>
internal static class ArkPixels
{
    private static readonly string[] s_ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];

    private static readonly Dictionary<string, string[]> s_current = new(StringComparer.OrdinalIgnoreCase)
    {
        ["480p"] = ["864x496", "752x560", "640x640", "560x752", "496x864", "992x432"],
        ["720p"] = ["1280x720", "1112x834", "960x960", "834x1112", "720x1280", "1470x630"],
        ["1080p"] = ["1920x1080", "1664x1248", "1440x1440", "1248x1664", "1080x1920", "2206x946"],
        ["4k"] = ["3840x2160", "3326x2494", "2880x2880", "2494x3326", "2160x3840", "4398x1886"],
    };

    private static readonly Dictionary<string, string[]> s_generation25 = new(s_current, StringComparer.OrdinalIgnoreCase)
    {
        ["480p"] = ["854x480", "752x560", "640x640", "560x752", "480x854", "992x432"],
    };

    private static readonly Dictionary<string, string[]> s_generation10 = new(StringComparer.OrdinalIgnoreCase)
    {
        ["480p"] = ["864x480", "736x544", "640x640", "544x736", "480x864", "960x416"],
        ["720p"] = ["1248x704", "1120x832", "960x960", "832x1120", "704x1248", "1504x640"],
        ["1080p"] = ["1920x1088", "1664x1248", "1440x1440", "1248x1664", "1088x1920", "2176x928"],
    };

    /// <summary>Null for a model of no known generation (an endpoint id), or a ratio that is still "adaptive".</summary>
    public static (int Width, int Height)? Find(string wireModel, string? resolution, string? ratio)
    {
        int place = Array.IndexOf(s_ratios, ratio);
        if (place < 0 || resolution is null || Generation(wireModel)?.TryGetValue(resolution, out string[]? sizes) != true)
        {
            return null;
        }

        string[] sides = sizes![place].Split('x');
        return (Side(sides[0]), Side(sides[1]));
    }

    /// <summary>At 16:9 (price page, read 2026-08); other ratios differ by a few percent.</summary>
    public static decimal TokensPerSecond(string wireModel, string resolution)
    {
        var (width, height) = Find(wireModel, resolution, "16:9")!.Value;
        return width * height * 24m / 1024;
    }

    private static Dictionary<string, string[]>? Generation(string wireModel) =>
        Has(wireModel, "seedance-1-0") ? s_generation10
        : Has(wireModel, "seedance-2-5") ? s_generation25
        : Has(wireModel, "seedance-1-5") || Has(wireModel, "seedance-2-0") ? s_current
        : null;

    private static bool Has(string wireModel, string part) => wireModel.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static int Side(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

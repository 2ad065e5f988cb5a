namespace Seedance.Simulator.Dialects.Ark;

/// <summary>Output pixels by generation, tier and ratio (sheet, section 5).</summary>
internal static class ArkSizes
{
    private static readonly string[] s_ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];

    private static readonly Dictionary<string, string[]> s_first = new(StringComparer.Ordinal)
    {
        ["480p"] = ["864x480", "736x544", "640x640", "544x736", "480x864", "960x416"],
        ["720p"] = ["1248x704", "1120x832", "960x960", "832x1120", "704x1248", "1504x640"],
        ["1080p"] = ["1920x1088", "1664x1248", "1440x1440", "1248x1664", "1088x1920", "2176x928"],
    };

    private static readonly Dictionary<string, string[]> s_later = new(StringComparer.Ordinal)
    {
        ["480p"] = ["864x496", "752x560", "640x640", "560x752", "496x864", "992x432"],
        ["720p"] = ["1280x720", "1112x834", "960x960", "834x1112", "720x1280", "1470x630"],
        ["1080p"] = ["1920x1080", "1664x1248", "1440x1440", "1248x1664", "1080x1920", "2206x946"],
        ["4k"] = ["3840x2160", "3326x2494", "2880x2880", "2494x3326", "2160x3840", "4398x1886"],
    };

    public static (int Width, int Height) Of(ArkGeneration generation, string resolution, string ratio)
    {
        bool odd = generation == ArkGeneration.Seedance25 && resolution == "480p"; // 2.5's two common ratios alone differ.
        string size = odd && ratio == "16:9" ? "854x480"
            : odd && ratio == "9:16" ? "480x854"
            : (generation == ArkGeneration.Seedance10 ? s_first : s_later)[resolution][Array.IndexOf(s_ratios, ratio)];
        int x = size.IndexOf('x');
        return (Number(size.Substring(0, x)), Number(size.Substring(x + 1)));
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

namespace Seedance.Simulator.Tasks;

/// <summary>Width and height from a resolution class and a ratio; the class names the shorter side.</summary>
internal static class FrameSize
{
    public static (int Width, int Height) Of(string resolution, string ratio)
    {
        int side = resolution switch
        {
            "2k" => 1440,
            "4k" => 2160,
            _ => int.TryParse(resolution.TrimEnd('p'), NumberStyles.None, CultureInfo.InvariantCulture, out int lines) ? lines : 720,
        };
        string[] parts = ratio.Split(':');
        double across = parts.Length == 2 && Number(parts[0]) is > 0 and var w && Number(parts[1]) is > 0 and var h ? w / h : 16.0 / 9;
        return across >= 1 ? (Even(side * across), side) : (side, Even(side / across));
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number : 0;

    private static int Even(double length) => 2 * (int)Math.Round(length / 2);
}

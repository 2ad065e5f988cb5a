using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Media;

/// <summary>The picture that stands for every video's last frame: one pixel.</summary>
internal static class LastFrame
{
    public const string Path = "/last-frame.png";

    private static readonly byte[] s_pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static string UrlAt(Uri origin) => new Uri(origin, "/media" + Path).AbsoluteUri;

    public static SimulatorResponse Answer() => new(200, SimulatorBody.Of(s_pixel), "image/png");
}

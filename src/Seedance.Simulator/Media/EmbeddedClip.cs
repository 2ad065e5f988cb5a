namespace Seedance.Simulator.Media;

/// <summary>The video every simulated job makes: two seconds of a moving test picture and a tone.</summary>
internal static class EmbeddedClip
{
    private static readonly Lazy<byte[]> s_bytes = new(Load);

    public static byte[] Bytes => s_bytes.Value;

    private static byte[] Load()
    {
        using Stream resource = typeof(EmbeddedClip).Assembly.GetManifestResourceStream("Seedance.Simulator.Media.clip.mp4")!;
        using MemoryStream bytes = new();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}

using Seedance.Wire;

namespace Seedance.Providers.Muapi;

/// <summary>
/// Where the video's address is, the first hit wins: API reference (outputs), 2.1 guide (output.video), Mini guide (output), clients in the
/// wild (output.outputs), Seedance 2.5 SDK of 2026-08 (output[0], video.url, url).
/// </summary>
internal static class MuapiOutputs
{
    public static IEnumerable<JobOutput> Read(WireNode job) => Places(job).FirstOrDefault(found => found.Count > 0) ?? [];

    private static IEnumerable<List<JobOutput>> Places(WireNode job)
    {
        WireNode output = job["output"];
        yield return Addresses(job["outputs"]);
        yield return Addresses(output["video"]);
        yield return Addresses(output.IsString ? output : default);
        yield return Addresses(output["outputs"]);
        yield return Addresses(output);
        yield return Addresses(job["video"]);
        yield return Addresses(job["url"]);
    }

    /// <summary>A string, an object with a url, or a list of either.</summary>
    private static List<JobOutput> Addresses(WireNode place)
    {
        Uri? single = place.Address ?? place["url"].Address;
        IEnumerable<Uri?> all = single is null ? place.Items.Select(item => item.Address ?? item["url"].Address) : [single];
        return [.. all.OfType<Uri>().Select(url => new JobOutput { Url = url, Kind = IsPicture(url) ? "Other" : "Video" })];
    }

    /// <summary>The character endpoint makes an image; only the ending tells.</summary>
    private static bool IsPicture(Uri url) =>
        Path.GetExtension(url.AbsolutePath).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG" or ".WEBP";
}

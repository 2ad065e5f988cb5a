using Seedance.Wire;

namespace Seedance.Providers.Wireflow;

/// <summary>
/// What a workflow made, the video first: of the last completed node whose output is one, since a graph also makes pictures on its way
/// (guide of 2026-06 and the vendor's skill, both read 2026-09).
/// </summary>
internal static class WireflowOutputs
{
    private static readonly string[] s_videos = [".mp4", ".mov", ".webm", ".m4v", ".mkv"];
    private static readonly string[] s_others = [
        ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".mp3", ".wav", ".m4a", ".txt", ".json"];

    public static IEnumerable<JobOutput> Read(WireNode execution)
    {
        Uri? final = execution["finalOutput"]["url"].Address ?? execution["finalOutput"].Address;
        List<Uri> made = [.. WireflowAnswers.Nodes(execution).Where(IsCompleted).SelectMany(Addresses)];
        Uri? video = new[] { final }.Concat(Enumerable.Reverse(made)).OfType<Uri>().FirstOrDefault(IsVideo)
            ?? new[] { final }.Concat(Enumerable.Reverse(made)).OfType<Uri>().FirstOrDefault(address => !Ends(address, s_others));
        if (final is not null)
        {
            made.Add(final);
        }

        IEnumerable<JobOutput> others = made.Distinct().Where(address => address != video)
            .Select(address => new JobOutput { Url = address, Kind = "Other" });
        return video is null ? others : new[] { new JobOutput { Url = video } }.Concat(others);
    }

    /// <summary>Named a video by its field or by its name.</summary>
    private static IEnumerable<Uri> Addresses(WireNode node)
    {
        WireNode output = node["output"];
        Uri?[] named = [
            output["image_url"].Address, output["url"].Address, output.Address, node["outputUrl"].Address, output["video_url"].Address];
        return node["outputUrls"].Items.Select(item => item.Address).Concat(named).OfType<Uri>().Distinct();
    }

    private static bool IsCompleted(WireNode node) =>
        !node["status"].Exists || WireflowAnswers.Status(node["status"].Text) == JobStatus.Succeeded;

    private static bool IsVideo(Uri address) => Ends(address, s_videos);

    private static bool Ends(Uri address, string[] endings) =>
        endings.Contains(Path.GetExtension(address.AbsolutePath), StringComparer.OrdinalIgnoreCase);
}

using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Seedance.Downloads;

namespace Seedance.Jobs.Review;

/// <summary>
/// One page that holds all it needs: no script, style or font from anywhere else, and a policy that lets nothing else run, named by the
/// hashes of what is in it. Whatever comes from a prompt or a host is data to its script, never markup.
/// </summary>
internal sealed class ReviewPage(IReadOnlyList<ReviewClip> clips)
{
    private const string Mark = "<meta name=\"generator\" content=\"Seedance.PowerShell review page\">";
    private const int MarkIsWithin = 2_048;
    private static readonly string[] s_scripts = ["page.js", "words.js", "players.js", "compare.js", "cards.js", "review.js"];
    // Writes no angle bracket as it is.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public IReadOnlyList<ReviewClip> Clips => clips;

    /// <summary>For a file in this folder.</summary>
    public byte[] ForFolder(string folder, string name, DateTimeOffset now) =>
        Compose(FileHash.OfText(Path.Combine(folder, name)), file => RelativeAddress.Of(file, folder), live: false, now);

    /// <summary>For a server, which names files by their place and takes ratings and the choice.</summary>
    public byte[] ForServer(string id, Func<string, string> address, DateTimeOffset now) => Compose(id, address, live: true, now);

    /// <summary>What may run and load; a server says it once more in a header.</summary>
    public static string Policy(bool live) => string.Format(
        CultureInfo.InvariantCulture,
        "default-src 'none'; script-src 'sha256-{0}'; style-src 'sha256-{1}'; img-src 'self' data:{2}; media-src 'self'{2}; {3}base-uri 'none'; form-action 'none'",
        Hash(Script()),
        Hash(Asset("review.css")),
        live ? string.Empty : " file:",
        live ? "connect-src 'self'; " : string.Empty);

    /// <summary>Whether there is nothing at the path, or a page that an earlier call wrote.</summary>
    public static bool MayWrite(string path)
    {
        if (!PartName.IsTaken(path))
        {
            return true;
        }

        if (!PartName.IsPlain(path))
        {
            return false;
        }

        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[MarkIsWithin];
        int read = file.Read(start, 0, start.Length);
        return Encoding.UTF8.GetString(start, 0, read).Contains(Mark);
    }

    private byte[] Compose(string id, Func<string, string> address, bool live, DateTimeOffset now)
    {
        string title = string.Format(
            CultureInfo.InvariantCulture, clips.Count == 1 ? "Review of {0} clip" : "Review of {0} clips", clips.Count);
        StringBuilder page = new(Asset("review.html"));
        page.Replace("{{policy}}", Policy(live)).Replace("{{title}}", title).Replace("{{style}}", Asset("review.css"))
            .Replace("{{script}}", Script());

        // Last, since a prompt may hold any of these marks.
        return Encoding.UTF8.GetBytes(page.Replace("{{data}}", Data(id, address, live, now)).ToString());
    }

    private string Data(string id, Func<string, string> address, bool live, DateTimeOffset now)
    {
        string[] prompts = [.. clips.Select(clip => clip.Job.Prompt).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> places = prompts.Select((prompt, place) => (prompt, place))
            .ToDictionary(pair => pair.prompt, pair => pair.place, StringComparer.Ordinal);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, s_json))
        {
            json.WriteStartObject();
            json.WriteString("id", id.Substring(0, Math.Min(16, id.Length)));
            json.WriteBoolean("live", live);
            json.WriteString("made", now.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            json.WriteStartArray("prompts");
            foreach (string prompt in prompts)
            {
                json.WriteStringValue(ReviewText.Whole(prompt));
            }

            json.WriteEndArray();
            json.WriteStartArray("clips");
            foreach (ReviewClip clip in clips)
            {
                clip.Write(json, places[clip.Job.Prompt], address);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Script() => "(() => {\n'use strict';\n" + string.Concat(s_scripts.Select(Asset)) + "})();\n";

    private static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>With the line ends that a browser hashes, whatever the checkout made of them.</summary>
    private static string Asset(string name)
    {
        using Stream stream = typeof(ReviewPage).Assembly.GetManifestResourceStream("Seedance.Review." + name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}

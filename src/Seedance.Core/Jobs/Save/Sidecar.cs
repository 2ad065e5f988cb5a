using System.Text.Encodings.Web;
using System.Text.Json;
using Seedance.Records;
using Seedance.Storage;
using Seedance.Wire;

namespace Seedance.Jobs.Save;

/// <summary>
/// A JSON file beside a video that says where it comes from: enough to make it again and to prove that it is unchanged. Addresses go in
/// without their queries, since those are signatures.
/// </summary>
internal static class Sidecar
{
    // Prompts in any script stay readable; the file is never part of a web page.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string PathFor(string file) => file + ".json";

    public static void Write(string file, SeedanceJob job, SaveNote note)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("seedanceSidecar", 1);
            json.WriteString("file", Path.GetFileName(file));
            SidecarWriter fields = new(json);
            JobDocument.Fields(fields, job);
            SaveNote.Fields(fields, note);
            fields.Text("moduleVersion", typeof(Sidecar).Assembly.GetName().Version!.ToString(3));
            json.WriteEndObject();
        }

        AtomicFile.Write(PathFor(file), bytes.ToArray(), overwrite: true);
    }

    /// <summary>Brings a sidecar of this job up to date; one that is not there, or is another's, stays as it is.</summary>
    public static bool Refresh(string file, SeedanceJob job) => Read(file, job.Id, sidecar =>
    {
        Write(file, job, NoteIn(sidecar));
        return true;
    });

    /// <summary>The hash that an earlier save of this job noted for this file; null when there is none.</summary>
    public static string? FindHash(string file, string jobId) => Read(file, jobId, sidecar => HashOf(sidecar, file));

    /// <summary>What an earlier save of this job noted of the file with this hash; null when there is nothing.</summary>
    public static SaveNote? FindNote(string file, string jobId, string sha256) =>
        Read(file, jobId, sidecar => HashOf(sidecar, file) == sha256 ? NoteIn(sidecar) : null);

    private static SaveNote NoteIn(JsonElement sidecar) => SaveNote.Fields(new DocumentReader(new WireNode(sidecar)), new SaveNote());

    private static string? HashOf(JsonElement sidecar, string file) => sidecar.GetProperty("outputs").EnumerateArray()
        .Where(output => output.TryGetProperty("file", out JsonElement name) && name.GetString() == Path.GetFileName(file))
        .Select(output => output.GetProperty("sha256").GetString())
        .FirstOrDefault();

    /// <summary>Nothing for a sidecar that is not there, not this job's, or not as this module writes them.</summary>
    private static T? Read<T>(string file, string jobId, Func<JsonElement, T?> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathFor(file)));
            JsonElement root = document.RootElement;
            return root.GetProperty("jobId").GetString() == jobId ? read(root) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or KeyNotFoundException or FormatException)
        {
            return default;
        }
    }

    /// <summary>Whether the file beside the video is one of ours, which a newer one may replace.</summary>
    public static bool MayWrite(string file)
    {
        string path = PathFor(file);
        if (!File.Exists(path))
        {
            return true;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("seedanceSidecar", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

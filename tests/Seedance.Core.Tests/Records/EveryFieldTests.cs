using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Downloads;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Records;

/// <summary>A member that is added to a noun fails here until its document has it, so that none is lost in silence.</summary>
public sealed class EveryFieldTests : IDisposable
{
    private static readonly string[] s_besideTheRecord = ["Owner", "Term", "OwnerMayBeAlive", "IsOwn"];
    private static readonly string[] s_notInAProfile =
        ["IsDefault", "Key", "SpentToday", "SpentThisMonth", "JobsToday", "JobsThisMonth", "SecondsToday", "SecondsThisMonth"];

    /// <summary>Whose account it was, what was true only while the job was under way, and a name that a sidecar has for itself.</summary>
    private static readonly string[] s_notInASidecar =
    [
        "version", "id", "profile", "asked", "clientToken", "status", "progress", "startedAt", "lastCheckedAt", "error", "attempts",
        "notes", "media", "plan", "unsent", "booked", "outputs.0.path", "outputs.0.expiresAt",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-fields-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Job_EveryMember_SurvivesItsRecord()
    {
        StoredJob job = FilledJob();

        Assert.Equal(
            Filled.Describe(job, s_besideTheRecord), Filled.Describe(JobDocument.Read(JobDocument.Write(job)), s_besideTheRecord));
    }

    /// <summary>Ten thousand jobs may be waited for at once, and most of their lists and maps are empty.</summary>
    [Fact]
    public void Job_NothingInItsListsAndMaps_SharesWhatIsEmpty()
    {
        byte[] bare = JobDocument.Write(new StoredJob(new SeedanceJob { Id = "1", Provider = "Muapi", Request = new VideoRequest() }));
        StoredJob one = JobDocument.Read(bare), other = JobDocument.Read(bare);

        Assert.NotSame(one.Job, other.Job);
        Assert.All(Empties(one).Zip(Empties(other)), pair => Assert.Same(pair.First, pair.Second));

        static object[] Empties(StoredJob stored) =>
        [
            stored.Notes, stored.Media, stored.Job.Outputs, stored.Job.Attempts, stored.Job.Columns, stored.Job.Request!.ReferenceImages,
            stored.Job.Request.ReferenceVideos, stored.Job.Request.ReferenceAudios, stored.Job.Request.Options,
        ];
    }

    [Fact]
    public void Profile_EveryMember_SurvivesItsFile()
    {
        SeedanceProfile profile = Filled.Of<SeedanceProfile>(s_notInAProfile) with { Name = "studio" };
        ProfileStore profiles = new(_folder);
        profiles.Save(profile);

        Assert.Equal(Filled.Describe(profile), Filled.Describe(profiles.Find("studio")!));
    }

    /// <summary>One that is read as "not set" could lift a cap, or send a key to another address.</summary>
    [Fact]
    public void Profile_EverySettingOfAnotherType_IsAnError()
    {
        ProfileStore profiles = new(_folder);
        profiles.Save(Filled.Of<SeedanceProfile>(s_notInAProfile) with { Name = "studio" });
        string path = Path.Combine(_folder, "profiles", "studio.json");
        string text = File.ReadAllText(path);

        foreach (string setting in JsonNode.Parse(text)!.AsObject().Select(field => field.Key).Where(name => name != "version"))
        {
            JsonObject damaged = JsonNode.Parse(text)!.AsObject();
            damaged[setting] = new JsonObject();
            File.WriteAllText(path, damaged.ToJsonString());

            Assert.Equal(ErrorCode.InvalidProfile, Assert.Throws<SeedanceException>(() => profiles.Find("studio")).Code);
        }
    }

    [Fact]
    public void TraceEntry_EveryMember_SurvivesItsLine()
    {
        SeedanceTraceEntry entry = Filled.Of<SeedanceTraceEntry>();

        Assert.Equal(entry, TraceDocument.Read(entry.JobId, TraceDocument.Write(entry)));
    }

    [Fact]
    public void PartNote_EveryMember_SurvivesItsFile()
    {
        ResumeState note = Filled.Of<ResumeState>();
        string part = Path.Combine(_folder, "a.part");
        note.Write(part);

        Assert.Equal(note, ResumeState.Read(part));
    }

    [Fact]
    public void Sidecar_HasEveryFieldOfTheRecordButWhatIsLeftOut()
    {
        StoredJob job = FilledJob();
        string video = Path.Combine(_folder, "a.mp4");
        SaveNote note = Filled.Of<SaveNote>();
        Sidecar.Write(video, job.Job, note);
        using JsonDocument sidecar = JsonDocument.Parse(File.ReadAllBytes(Sidecar.PathFor(video)));
        using JsonDocument record = JsonDocument.Parse(JobDocument.Write(job));
        string[] shown = [.. Leaves(sidecar.RootElement)];

        Assert.Equal(
            Leaves(record.RootElement).Where(path => !s_notInASidecar.Contains(path) && !s_notInASidecar.Contains(path.Split('.')[0])),
            shown.Except(["seedanceSidecar", "file", "jobId", "outputs.0.file", "savedAt", "foundAt", "check", "checkProblem", "replaced",
                "moduleVersion"]));
        Assert.Contains("jobId", shown);
        Assert.Contains("outputs.0.file", shown);
        Assert.Equal(note, SaveNote.Fields(new DocumentReader(new WireNode(sidecar.RootElement)), new SaveNote()));
    }

    /// <summary>
    /// Tokens by which a request is known again are hashes of this text; where it changes, a repeated request is paid twice.
    /// </summary>
    [Fact]
    public void Request_AsText_IsWhatItHasAlwaysBeen() => Assert.Equal(
        """{"prompt":"\u96EA\u306E\u72D0 \uD83E\uDD8A \u0022quoted\u0022","model":"seedance-2.1","referenceImages":["https://media.example/a.png"],"durationSeconds":5,"resolution":"720p","aspectRatio":"16:9","generateAudio":false,"seed":4294967295,"callbackUri":"https://hooks.example/x","options":{"list":[1,"two"],"flag":true}}""",
        RequestDocument.Write(Samples.StoredJob().Job.Request!));

    private static StoredJob FilledJob()
    {
        StoredJob job = Filled.Of<StoredJob>(s_besideTheRecord);
        return job with { Job = job.Job with { IsReused = false } }; // Of the command, and not of the job.
    }

    private static IEnumerable<string> Leaves(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(field => Leaves(field.Value, path + "." + field.Name)),
        JsonValueKind.Array => value.EnumerateArray()
            .SelectMany((item, number) => Leaves(item, FormattableString.Invariant($"{path}.{number}"))),
        _ => [path.TrimStart('.')],
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>
/// The stored form of a job. A later version reads every earlier one: fields are added, never renamed or given another meaning, and a
/// missing field reads as unknown.
/// </summary>
internal static class JobDocument
{
    private const int Version = 1;

    public static byte[] Write(StoredJob stored)
    {
        SeedanceJob job = stored.Job;
        JsonObject document = Compact(new JsonObject
        {
            ["version"] = Version,
            ["id"] = job.Id,
            ["provider"] = job.Provider,
            ["profile"] = job.Profile,
            ["endpoint"] = job.Endpoint?.AbsoluteUri,
            ["model"] = job.Model,
            ["wireModel"] = job.WireModel,
            ["mode"] = job.StartsFrom.ToString(),
            ["prompt"] = job.Prompt,
            ["request"] = job.Request is { } request ? RequestDocument.Write(request) : null,
            ["asked"] = job.Asked is { } asked ? RequestDocument.Write(asked) : null,
            ["clientToken"] = job.ClientToken,
            ["providerJobId"] = job.ProviderJobId,
            ["status"] = job.State.ToString(),
            ["progress"] = job.Progress,
            ["createdAt"] = Time(job.CreatedAt),
            ["submittedAt"] = Time(job.SubmittedAt),
            ["startedAt"] = Time(job.StartedAt),
            ["completedAt"] = Time(job.CompletedAt),
            ["lastCheckedAt"] = Time(job.LastCheckedAt),
            ["outputs"] = new JsonArray([.. job.Outputs.Select(WriteOutput)]),
            ["seed"] = job.Seed,
            ["estimatedCost"] = WriteCost(job.EstimatedCost),
            ["actualCost"] = WriteCost(job.ActualCost),
            ["error"] = WriteError(job.Error),
            ["attempts"] = job.Attempts.Count == 0 ? null : new JsonArray([.. job.Attempts.Select(WriteAttempt)]),
            ["tag"] = job.Tag,
            ["batch"] = job.Batch,
            ["row"] = job.Row,
            ["take"] = job.Take,
            ["derivedFrom"] = job.DerivedFrom,
            ["rating"] = job.Rating,
            ["columns"] = job.Columns.Count == 0
                ? null
                : new JsonObject(job.Columns.Select(column => new KeyValuePair<string, JsonNode?>(column.Key, column.Value))),
            ["isSimulated"] = job.IsSimulated,
            ["unsent"] = stored.IsUnsent ? true : null,
            ["booked"] = stored.IsBooked ? true : null,
            ["notes"] = new JsonObject(stored.Notes.Select(note => new KeyValuePair<string, JsonNode?>(note.Key, note.Value))),
            ["plan"] = stored.Plan?.Write(),
            ["media"] = stored.Media.Count == 0
                ? null
                : new JsonObject(stored.Media.Select(file => new KeyValuePair<string, JsonNode?>(file.Key, file.Value))),
        });
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>
    /// Throws <see cref="FormatException"/> or <see cref="JsonException"/> on anything that is not a whole record, and
    /// <see cref="NotSupportedException"/> on the record of a later version, which is nobody's to repair.
    /// </summary>
    public static StoredJob Read(byte[] bytes)
    {
        using JsonDocument parsed = JsonDocument.Parse(bytes.AsMemory());
        WireNode document = new(parsed.RootElement);
        if (document["version"].Integer is not { } version)
        {
            throw new FormatException("The record has no version.");
        }

        if (version > Version)
        {
            throw new NotSupportedException("The record was written by a later version of this module.");
        }

        SeedanceJob job = new()
        {
            Id = Required(document, "id"),
            Provider = Required(document, "provider"),
            Profile = document["profile"].Text,
            Endpoint = document["endpoint"].Address,
            Model = document["model"].Text ?? string.Empty,
            WireModel = document["wireModel"].Text ?? string.Empty,
            StartsFrom = Word<GenerationMode>(document["mode"].Text),
            Prompt = document["prompt"].Text ?? string.Empty,
            Request = document["request"].IsObject ? RequestDocument.Read(document["request"]) : null,
            Asked = document["asked"].IsObject ? RequestDocument.Read(document["asked"]) : null,
            ClientToken = document["clientToken"].Text,
            ProviderJobId = document["providerJobId"].Text,
            State = Word<JobStatus>(Required(document, "status")),
            Progress = document["progress"].Integer,
            CreatedAt = document["createdAt"].Time ?? throw new FormatException("The record has no createdAt."),
            SubmittedAt = document["submittedAt"].Time,
            StartedAt = document["startedAt"].Time,
            CompletedAt = document["completedAt"].Time,
            LastCheckedAt = document["lastCheckedAt"].Time,
            Outputs = [.. document["outputs"].Items.Select(ReadOutput)],
            Seed = document["seed"].Long,
            EstimatedCost = ReadCost(document["estimatedCost"]),
            ActualCost = ReadCost(document["actualCost"]),
            Error = ReadError(document["error"]),
            Attempts = [.. document["attempts"].Items.Select(ReadAttempt)],
            Tag = document["tag"].Text,
            Batch = document["batch"].Text,
            Row = document["row"].Integer,
            Take = document["take"].Integer,
            DerivedFrom = document["derivedFrom"].Text,
            Rating = document["rating"].Integer,
            Columns = new SheetColumns(
                document["columns"].Properties.Select(
                column => new KeyValuePair<string, string>(column.Key, column.Value.Text ?? string.Empty))),
            IsSimulated = document["isSimulated"].Flag ?? false,
        };
        WireNode owner = document["owner"];
        return new StoredJob(job)
        {
            IsUnsent = document["unsent"].Flag ?? false,
            IsBooked = document["booked"].Flag ?? false,
            Plan = SubmitPlan.Read(document["plan"]),
            Media = document["media"].Properties.ToDictionary(
                file => file.Key, file => file.Value.Text ?? string.Empty, StringComparer.Ordinal),
            Notes = document["notes"].ToMap(static note => note.Text ?? string.Empty),
            Owner = owner.IsObject
                ? new ProcessMark(owner["machine"].Text ?? string.Empty, owner["processId"].Integer ?? 0, owner["startedAt"].Long ?? 0)
                : null,
        };
    }

    internal static JsonObject Compact(JsonObject document)
    {
        foreach (string name in document.Where(property => property.Value is null).Select(property => property.Key).ToArray())
        {
            document.Remove(name);
        }

        return document;
    }

    private static JsonNode WriteOutput(JobOutput output) => Compact(new JsonObject
    {
        ["kind"] = output.Kind,
        ["url"] = output.Url?.AbsoluteUri,
        ["width"] = output.Width,
        ["height"] = output.Height,
        ["durationSeconds"] = output.DurationSeconds,
        ["expiresAt"] = Time(output.ExpiresAt),
        ["path"] = output.Path,
        ["sha256"] = output.Sha256,
        ["length"] = output.Length,
    });

    private static JobOutput ReadOutput(WireNode node) => new()
    {
        Kind = node["kind"].Text ?? "Video",
        Url = node["url"].Address,
        Width = node["width"].Integer,
        Height = node["height"].Integer,
        DurationSeconds = (double?)node["durationSeconds"].Number,
        ExpiresAt = node["expiresAt"].Time,
        Path = node["path"].Text,
        Sha256 = node["sha256"].Text,
        Length = node["length"].Long,
    };

    private static JsonObject? WriteCost(SeedanceCost? cost) => cost is null ? null : Compact(new JsonObject
    {
        ["amount"] = cost.Amount,
        ["unit"] = cost.Unit,
        ["isEstimate"] = cost.IsEstimate,
        ["source"] = cost.Source,
    });

    private static SeedanceCost? ReadCost(WireNode node) =>
        node["amount"].Number is not { } amount || !SaneCost.Is(amount) ? null : new SeedanceCost
    {
        Amount = amount,
        Unit = node["unit"].Text ?? string.Empty,
        IsEstimate = node["isEstimate"].Flag ?? true,
        Source = node["source"].Text,
    };

    private static JsonObject? WriteError(JobError? error) => error is null ? null : Compact(new JsonObject
    {
        ["code"] = error.Code,
        ["providerCode"] = error.ProviderCode,
        ["message"] = error.Message,
        ["requestId"] = error.RequestId,
    });

    private static JobError? ReadError(WireNode node) => !node.IsObject ? null : new JobError
    {
        Code = node["code"].Text ?? string.Empty,
        ProviderCode = node["providerCode"].Text,
        Message = node["message"].Text,
        RequestId = node["requestId"].Text,
    };

    private static JsonNode WriteAttempt(JobAttempt attempt) => Compact(new JsonObject
    {
        ["provider"] = attempt.Provider,
        ["profile"] = attempt.Profile,
        ["code"] = attempt.Code,
        ["message"] = attempt.Message,
    });

    private static JobAttempt ReadAttempt(WireNode node) => new()
    {
        Provider = node["provider"].Text ?? string.Empty,
        Profile = node["profile"].Text,
        Code = node["code"].Text ?? string.Empty,
        Message = node["message"].Text,
    };

    private static JsonValue? Time(DateTimeOffset? time) =>
        time is { } known
            ? JsonValue.Create(known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))
            : null;

    private static string Required(WireNode document, string name) =>
        document[name].Text ?? throw new FormatException("The record has no " + name + ".");

    private static T Word<T>(string? word)
        where T : struct, Enum =>
        Enum.TryParse(word, ignoreCase: true, out T value) && Enum.IsDefined(typeof(T), value)
            ? value
            : throw new FormatException("The record holds an unknown word: " + word + ".");
}

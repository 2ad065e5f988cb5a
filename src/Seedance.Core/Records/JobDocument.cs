using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>
/// The stored form of a job. A later version reads every earlier one: fields are added, never renamed or given another meaning, and a
/// missing field reads as unknown.
/// </summary>
internal static class JobDocument
{
    private const int Version = 1;

    public static byte[] Write(StoredJob stored) => DocumentWriter.Write(stored, Fields);

    /// <summary>
    /// Throws <see cref="FormatException"/> or <see cref="JsonException"/> on anything that is not a whole record, and
    /// <see cref="NotSupportedException"/> on the record of a later version, which is nobody's to repair.
    /// </summary>
    public static StoredJob Read(byte[] bytes)
    {
        using JsonDocument parsed = JsonDocument.Parse(bytes.AsMemory());
        WireNode document = new(parsed.RootElement);
        return Fields(new DocumentReader(document), new StoredJob(new SeedanceJob())) with { Owner = Owner(document["owner"]) };
    }

    private static StoredJob Fields(DocumentFields document, StoredJob stored)
    {
        if ((document.Integer("version", Version) ?? throw DocumentFields.Lacks("version")) > Version)
        {
            throw new NotSupportedException("The record was written by a later version of this module.");
        }

        return new StoredJob(Fields(document, stored.Job))
        {
            IsUnsent = document.Switch("unsent", stored.IsUnsent),
            IsBooked = document.Switch("booked", stored.IsBooked),
            Notes = document.TextMap("notes", stored.Notes),
            Plan = document.Part("plan", stored.Plan, SubmitPlan.Fields),
            Media = document.TextMap("media", stored.Media),
        };
    }

    /// <summary>What everybody may know of a job, as its record and its sidecar have it.</summary>
    public static SeedanceJob Fields(DocumentFields document, SeedanceJob job) => new()
    {
        Id = document.Required("id", job.Id),
        Provider = document.Required("provider", job.Provider),
        Profile = document.Text("profile", job.Profile),
        Endpoint = document.Address("endpoint", job.Endpoint),
        Model = document.Text("model", job.Model) ?? string.Empty,
        WireModel = document.Text("wireModel", job.WireModel) ?? string.Empty,
        StartsFrom = document.Word("mode", job.StartsFrom),
        Prompt = document.Text("prompt", job.Prompt) ?? string.Empty,
        Request = document.Part("request", job.Request, RequestDocument.Fields),
        Asked = document.Part("asked", job.Asked, RequestDocument.Fields),
        Filled = document.Texts("filled", job.Filled),
        ClientToken = document.Text("clientToken", job.ClientToken),
        ProviderJobId = document.Text("providerJobId", job.ProviderJobId),
        State = document.Word("status", job.State),
        Progress = document.Integer("progress", job.Progress),
        CreatedAt = document.Time("createdAt", job.CreatedAt) ?? throw DocumentFields.Lacks("createdAt"),
        SubmittedAt = document.Time("submittedAt", job.SubmittedAt),
        StartedAt = document.Time("startedAt", job.StartedAt),
        CompletedAt = document.Time("completedAt", job.CompletedAt),
        LastCheckedAt = document.Time("lastCheckedAt", job.LastCheckedAt),
        Outputs = document.Parts("outputs", job.Outputs, Output),
        Seed = document.Long("seed", job.Seed),
        EstimatedCost = document.Part("estimatedCost", job.EstimatedCost, Cost),
        ActualCost = document.Part("actualCost", job.ActualCost, Cost),
        Error = document.Part("error", job.Error, Error),
        Attempts = document.Parts("attempts", job.Attempts, Attempt),
        Tag = document.Text("tag", job.Tag),
        Batch = document.Text("batch", job.Batch),
        Row = document.Integer("row", job.Row),
        Take = document.Integer("take", job.Take),
        DerivedFrom = document.Text("derivedFrom", job.DerivedFrom),
        Rating = document.Integer("rating", job.Rating),
        Columns = document.TextMap("columns", job.Columns) is { Count: > 0 } columns ? new SheetColumns(columns) : SheetColumns.None,
        IsSimulated = document.Flag("isSimulated", job.IsSimulated) ?? false,
    };

    /// <summary>Only records of the time before the database name their owner.</summary>
    private static ProcessMark? Owner(WireNode owner) => !owner.IsObject
        ? null
        : new ProcessMark(owner["machine"].Text ?? string.Empty, owner["processId"].Integer ?? 0, owner["startedAt"].Long ?? 0);

    private static JobOutput Output(DocumentFields document, JobOutput output) => new()
    {
        Kind = document.Text("kind", output.Kind) ?? output.Kind,
        Url = document.Address("url", output.Url),
        Width = document.Integer("width", output.Width),
        Height = document.Integer("height", output.Height),
        DurationSeconds = document.Double("durationSeconds", output.DurationSeconds),
        ExpiresAt = document.Time("expiresAt", output.ExpiresAt),
        Path = document.Text("path", output.Path),
        Sha256 = document.Text("sha256", output.Sha256),
        Length = document.Long("length", output.Length),
    };

    private static SeedanceCost? Cost(DocumentFields document, SeedanceCost cost)
    {
        decimal? amount = document.Number("amount", cost.Amount);
        SeedanceCost read = new()
        {
            Amount = amount ?? 0,
            Unit = document.Text("unit", cost.Unit) ?? string.Empty,
            IsEstimate = document.Flag("isEstimate", cost.IsEstimate) ?? true,
            Source = document.Text("source", cost.Source),
        };
        return amount is { } known && SaneCost.Is(known) ? read : null;
    }

    private static JobError Error(DocumentFields document, JobError error) => new()
    {
        Code = document.Text("code", error.Code) ?? string.Empty,
        ProviderCode = document.Text("providerCode", error.ProviderCode),
        Message = document.Text("message", error.Message),
        RequestId = document.Text("requestId", error.RequestId),
    };

    private static JobAttempt Attempt(DocumentFields document, JobAttempt attempt) => new()
    {
        Provider = document.Text("provider", attempt.Provider) ?? string.Empty,
        Profile = document.Text("profile", attempt.Profile),
        Code = document.Text("code", attempt.Code) ?? string.Empty,
        Message = document.Text("message", attempt.Message),
    };
}

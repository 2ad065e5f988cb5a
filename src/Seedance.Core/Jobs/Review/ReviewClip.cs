using System.Text.Json;

namespace Seedance.Jobs.Review;

/// <summary>A job as the page shows it.</summary>
internal sealed record ReviewClip(SeedanceJob Job)
{
    /// <summary>The video where it is saved and there.</summary>
    public string? File { get; init; }

    /// <summary>The saved last frame, which is shown until the video has drawn a picture of its own.</summary>
    public string? Poster { get; init; }

    /// <summary>What its final would cost; null is unknown.</summary>
    public FinalPrice? Final { get; init; }

    public static ReviewClip Of(SeedanceJob job, FinalPrice? final) => new(job)
    {
        File = SavedAs(job, "Video"),
        Poster = SavedAs(job, "LastFrame"),
        Final = final,
    };

    /// <summary>
    /// Writes an object without what is not known. <paramref name="prompt"/> is the place of its prompt among those of the page.
    /// </summary>
    public void Write(Utf8JsonWriter json, int prompt, Func<string, string> address)
    {
        json.WriteStartObject();
        Write(json, "id", Job.Id);
        json.WriteNumber("prompt", prompt);
        Write(json, "tag", Job.Tag);
        Write(json, "batch", Job.Batch);
        Write(json, "take", Job.Take);
        Write(json, "status", Job.State.ToString());
        Write(json, "file", File is { } file ? address(file) : null);
        Write(json, "poster", Poster is { } poster ? address(poster) : null);
        Write(json, "seconds", Job.Outputs is [{ DurationSeconds: { } exact }, ..] ? Math.Round(exact, 1) : Job.Request?.DurationSeconds);
        Write(json, "resolution", Job.Request?.Resolution);
        Write(json, "ratio", Job.Request?.AspectRatio);
        Write(json, "host", Job.Provider);
        Write(json, "model", Job.Model);
        Write(json, "seed", Job.Seed);
        Write(json, "rating", Job.Rating);
        Write(json, "from", Job.DerivedFrom);
        Write(json, "made", Job.CreatedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        Write(json, "error", Job.Error is { } error ? error.Code + ": " + error.Message : null);
        WriteCost(json, "cost", Job.ActualCost ?? Job.EstimatedCost, at: null);
        WriteCost(json, "final", Final?.Cost, Final?.Resolution);
        if (Job.IsSimulated)
        {
            json.WriteBoolean("simulated", true);
        }

        json.WriteEndObject();
    }

    private static string? SavedAs(SeedanceJob job, string kind) =>
        job.Outputs.FirstOrDefault(output => output.Kind == kind && output.Path is { } path && System.IO.File.Exists(path))?.Path;

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, ReviewText.Whole(value!));
        }
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && !double.IsNaN(number) && !double.IsInfinity(number))
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteCost(Utf8JsonWriter json, string name, SeedanceCost? cost, string? at)
    {
        if (cost is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("amount", cost.Amount);
        Write(json, "unit", cost.Unit);
        Write(json, "at", at);
        if (cost.IsEstimate)
        {
            json.WriteBoolean("estimate", true);
        }

        json.WriteEndObject();
    }
}

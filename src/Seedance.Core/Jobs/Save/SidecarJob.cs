using System.Text.Json;

namespace Seedance.Jobs.Save;

/// <summary>A job as its sidecar shows it; never an account, never a key.</summary>
internal static class SidecarJob
{
    public static void Write(Utf8JsonWriter json, SeedanceJob job)
    {
        SidecarValue.Write(json, "jobId", job.Id);
        SidecarValue.Write(json, "provider", job.Provider);
        SidecarValue.Write(json, "providerJobId", job.ProviderJobId);
        SidecarValue.Write(json, "endpoint", job.Endpoint);
        SidecarValue.Write(json, "model", job.Model);
        SidecarValue.Write(json, "wireModel", job.WireModel);
        SidecarValue.Write(json, "mode", job.StartsFrom.ToString());
        SidecarValue.Write(json, "prompt", job.Prompt);
        SidecarValue.Write(json, "seed", job.Seed);
        SidecarValue.Write(json, "tag", job.Tag);
        SidecarValue.Write(json, "batch", job.Batch);
        SidecarValue.Write(json, "row", job.Row);
        SidecarValue.Write(json, "take", job.Take);
        SidecarValue.Write(json, "derivedFrom", job.DerivedFrom);
        SidecarValue.Write(json, "rating", job.Rating);
        SidecarValue.Write(json, "columns", job.Columns);
        json.WriteBoolean("isSimulated", job.IsSimulated);
        SidecarValue.Write(json, "createdAt", job.CreatedAt);
        SidecarValue.Write(json, "submittedAt", job.SubmittedAt);
        SidecarValue.Write(json, "completedAt", job.CompletedAt);
        WriteCost(json, "estimatedCost", job.EstimatedCost);
        WriteCost(json, "actualCost", job.ActualCost);
        if (job.Request is { } request)
        {
            WriteRequest(json, request);
        }

        json.WriteStartArray("outputs");
        foreach (JobOutput output in job.Outputs)
        {
            WriteOutput(json, output);
        }

        json.WriteEndArray();
    }

    private static void WriteRequest(Utf8JsonWriter json, VideoRequest request)
    {
        json.WriteStartObject("request");
        SidecarValue.Write(json, "prompt", request.Prompt);
        SidecarValue.Write(json, "model", request.Model);
        SidecarValue.Write(json, "image", request.Image);
        SidecarValue.Write(json, "lastFrame", request.LastFrame);
        SidecarValue.Write(json, "referenceImages", request.ReferenceImages);
        SidecarValue.Write(json, "referenceVideos", request.ReferenceVideos);
        SidecarValue.Write(json, "referenceAudios", request.ReferenceAudios);
        SidecarValue.Write(json, "durationSeconds", request.DurationSeconds);
        SidecarValue.Write(json, "resolution", request.Resolution);
        SidecarValue.Write(json, "aspectRatio", request.AspectRatio);
        SidecarValue.Write(json, "generateAudio", request.GenerateAudio);
        SidecarValue.Write(json, "seed", request.Seed);
        SidecarValue.Write(json, "cameraFixed", request.CameraFixed);
        SidecarValue.Write(json, "highBitrate", request.HighBitrate);
        SidecarValue.Write(json, "upscale", request.Upscale);
        SidecarValue.Write(json, "callbackUri", request.CallbackUri);
        json.WriteBoolean("sandbox", request.Sandbox);
        SidecarValue.Write(json, "options", request.Options);
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, JobOutput output)
    {
        json.WriteStartObject();
        SidecarValue.Write(json, "kind", output.Kind);
        SidecarValue.Write(json, "file", Path.GetFileName(output.Path));
        SidecarValue.Write(json, "sha256", output.Sha256);
        SidecarValue.Write(json, "length", output.Length);
        SidecarValue.Write(json, "width", output.Width);
        SidecarValue.Write(json, "height", output.Height);
        SidecarValue.Write(json, "durationSeconds", output.DurationSeconds);
        SidecarValue.Write(json, "url", output.Url);
        json.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter json, string name, SeedanceCost? cost)
    {
        if (cost is not null)
        {
            json.WriteStartObject(name);
            json.WriteNumber("amount", cost.Amount);
            json.WriteString("unit", cost.Unit);
            json.WriteBoolean("isEstimate", cost.IsEstimate);
            SidecarValue.Write(json, "source", cost.Source);
            json.WriteEndObject();
        }
    }
}

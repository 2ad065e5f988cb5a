using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Records;

/// <summary>The stored form of a line of a job's trace. As with jobs, fields are added and never given another meaning.</summary>
internal static class TraceDocument
{
    public static string Write(SeedanceTraceEntry entry) => JobDocument.Compact(new JsonObject
    {
        ["at"] = entry.At.ToString("o", CultureInfo.InvariantCulture),
        ["step"] = entry.Step,
        ["route"] = entry.Route,
        ["httpStatus"] = entry.HttpStatus,
        ["tookMs"] = entry.Took?.TotalMilliseconds,
        ["requestId"] = entry.RequestId,
        ["try"] = entry.Try,
        ["retryInSeconds"] = entry.RetryIn?.TotalSeconds,
        ["code"] = entry.Code,
        ["saidBy"] = entry.SaidBy,
        ["text"] = entry.Text,
        ["repeats"] = entry.Repeats == 0 ? null : entry.Repeats,
    }).ToJsonString();

    public static SeedanceTraceEntry Read(string jobId, string text)
    {
        using JsonDocument parsed = JsonDocument.Parse(text);
        WireNode node = new(parsed.RootElement);
        return new SeedanceTraceEntry
        {
            JobId = jobId,
            At = node["at"].Time ?? default,
            Step = node["step"].Text ?? string.Empty,
            Route = node["route"].Text ?? string.Empty,
            HttpStatus = node["httpStatus"].Integer,
            Took = node["tookMs"].Number is { } took ? TimeSpan.FromMilliseconds((double)took) : null,
            RequestId = node["requestId"].Text,
            Try = node["try"].Integer ?? 0,
            RetryIn = node["retryInSeconds"].Number is { } pause ? TimeSpan.FromSeconds((double)pause) : null,
            Code = node["code"].Text,
            SaidBy = node["saidBy"].Text ?? string.Empty,
            Text = node["text"].Text ?? string.Empty,
            Repeats = node["repeats"].Integer ?? 0,
        };
    }
}

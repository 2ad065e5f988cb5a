using Seedance.Wire;

namespace Seedance.Records;

/// <summary>The stored form of a line of a job's trace. As with jobs, fields are added and never given another meaning.</summary>
internal static class TraceDocument
{
    public static string Write(SeedanceTraceEntry entry) => Encoding.UTF8.GetString(DocumentWriter.Write(entry, Fields));

    public static SeedanceTraceEntry Read(string jobId, string text) =>
        DocumentReader.Read(Encoding.UTF8.GetBytes(text), new SeedanceTraceEntry { JobId = jobId }, Fields);

    private static SeedanceTraceEntry Fields(DocumentFields document, SeedanceTraceEntry entry) => new()
    {
        JobId = entry.JobId, // The row's, and not the document's.
        At = document.Time("at", entry.At) ?? default,
        Step = document.Text("step", entry.Step) ?? string.Empty,
        Route = document.Text("route", entry.Route) ?? string.Empty,
        HttpStatus = document.Integer("httpStatus", entry.HttpStatus),
        Took = document.Double("tookMs", entry.Took?.TotalMilliseconds) is { } took ? TimeSpan.FromMilliseconds(took) : null,
        RequestId = document.Text("requestId", entry.RequestId),
        Try = document.Integer("try", entry.Try) ?? 0,
        RetryIn = document.Double("retryInSeconds", entry.RetryIn?.TotalSeconds) is { } pause ? TimeSpan.FromSeconds(pause) : null,
        Code = document.Text("code", entry.Code),
        SaidBy = document.Text("saidBy", entry.SaidBy) ?? string.Empty,
        Text = document.Text("text", entry.Text) ?? string.Empty,
        Repeats = document.Integer("repeats", entry.Repeats == 0 ? null : entry.Repeats) ?? 0,
    };
}

using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>
/// How a job ended, told with an error status: Atlas Cloud answers the poll of a failed job with HTTP 5xx and the prediction inside (the vendor's MCP
/// server 1.7.0, 2026-09-23). To take that for an outage would wait for a job that has ended, and hold its slot.
/// </summary>
internal static class PollVerdict
{
    /// <summary>Null where the answer only says that the question went wrong.</summary>
    public static PollReading? Find(IProviderAdapter adapter, ProviderJob job, WireResponse response)
    {
        if (!MayTell(response.Status) || !Concerns(response.BodyOrMissing, job, response.Status))
        {
            return null;
        }

        try
        {
            PollReading reading = adapter.ReadPoll(job, response);
            return reading.Update is { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired } or { Status: JobStatus.Succeeded, Outputs.Count: > 0 }
                ? reading
                : null;
        }
        catch (SeedanceException)
        {
            return null;
        }
    }

    /// <summary>A refused key, an empty account and a throttle are about the question, whatever stands beside them.</summary>
    private static bool MayTell(int status) => status >= 400 && status is not (401 or 402 or 403 or 407 or 429);

    /// <summary>
    /// An error of the question may have a status word of its own (ModelsLab's "error"), so the body must name this job, or hold a job's object beside
    /// the error, as the vendor's client shows it: <c>{code: 500, message, data: {status, error}}</c>.
    /// </summary>
    private static bool Concerns(WireNode body, ProviderJob job, int status)
    {
        WireNode inner = body["data"];
        return Names(body, job.Id) || Names(inner, job.Id) || (status >= 500 && inner["status"].IsString && !inner["id"].Exists);
    }

    private static bool Names(WireNode place, string id) => place.Properties.Any(property => property.Value.Text == id);
}

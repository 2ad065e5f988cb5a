using Seedance.Accounts;
using Seedance.Providers;
using Seedance.RateLimits;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>
/// What an answer says of a job. It may tell how the job ended with an error status: Atlas Cloud answers the poll of a failed job with HTTP
/// 5xx and the prediction inside (the vendor's MCP server 1.7.0, 2026-09-23). To take that for an outage would wait for a job that has
/// ended, and hold its slot.
/// </summary>
internal static class PollReader
{
    /// <summary><paramref name="mayRefuse"/> reads an error status like a 2xx.</summary>
    /// <returns>Null where the answer cannot be understood, or there is none.</returns>
    public static CallTry<PollReading?> Read(Account account, StoredJob stored, Exchange exchange, bool mayRefuse)
    {
        ProviderCall call = ProviderCall.Poll(stored.Job);
        if (exchange.Response is not { } response)
        {
            return EndedSimulator.Explains(stored.Job, exchange.Failure!)
                ? new CallTry<PollReading?>(new PollReading { Update = EndedSimulator.Update(stored.Job) })
                : new CallTry<PollReading?>(null) { Refusal = ProviderErrors.From(account, exchange.Failure!, call),
                    Host = HostReport.Failing(asked: null) };
        }

        try
        {
            PollReading reading = Read(account.Adapter, stored.ProviderJob, response, mayRefuse);
            SeedanceException? refusal = reading.Error is { } error ? ProviderErrors.From(account, error, response, call) : null;
            return new CallTry<PollReading?>(reading) { Refusal = refusal, Host = ReportOf(reading.Error?.Code, refusal?.RetryAfter) };
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.ProtocolError)
        {
            return new CallTry<PollReading?>(null) { Refusal = ProviderErrors.Unreadable(account, response, call, error),
                Host = HostReport.Fine };
        }
    }

    /// <summary>What a refusal says of the host; any other answer says that it works.</summary>
    public static HostReport ReportOf(ErrorCode? refusal, TimeSpan? asked) => refusal switch
    {
        ErrorCode.RateLimited => HostReport.Throttling(asked),
        ErrorCode.ProviderUnavailable => HostReport.Failing(asked),
        _ => HostReport.Fine,
    };

    /// <summary>How the job ended, told with an error status; null where the answer only says that the question went wrong.</summary>
    public static PollReading? FindEnd(IProviderAdapter adapter, ProviderJob job, WireResponse response)
    {
        if (!MayTell(response.Status) || !Concerns(response.BodyOrMissing, job, response.Status))
        {
            return null;
        }

        try
        {
            PollReading reading = adapter.ReadPoll(job, response);
            return reading.Update is { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired }
                or { Status: JobStatus.Succeeded, Outputs.Count: > 0 }
                ? reading
                : null;
        }
        catch (SeedanceException)
        {
            return null;
        }
    }

    private static PollReading Read(IProviderAdapter adapter, ProviderJob job, WireResponse response, bool mayRefuse) =>
        response.IsSuccess || mayRefuse
        ? response.Read(answer => adapter.ReadPoll(job, answer))
        : response.Read(answer => FindEnd(adapter, job, answer) ?? new PollReading { Error = adapter.ReadError(answer) });

    /// <summary>A refused key, an empty account and a throttle are about the question, whatever stands beside them.</summary>
    private static bool MayTell(int status) => status >= 400 && status is not (401 or 402 or 403 or 407 or 429);

    /// <summary>
    /// An error of the question may have a status word of its own (ModelsLab's "error"), so the body must name this job, or hold a job's
    /// object beside the error, as the vendor's client shows it: <c>{code: 500, message, data: {status, error}}</c>.
    /// </summary>
    private static bool Concerns(WireNode body, ProviderJob job, int status)
    {
        WireNode inner = body["data"];
        return Names(body, job.Id) || Names(inner, job.Id) || (status >= 500 && inner["status"].IsString && !inner["id"].Exists);
    }

    private static bool Names(WireNode place, string id) => place.Properties.Any(property => property.Value.Text == id);
}

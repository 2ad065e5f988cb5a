using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Updates;

/// <summary>
/// A job that its host does not know any more. It counts as expired, so that it holds no slot; but a wrong key or address gets the same
/// answer, so it stays open to better news from whoever asks again.
/// </summary>
internal static class ForgottenJob
{
    public static JobUpdate Update(WireError error, WireResponse response) => new()
    {
        Status = JobStatus.Expired,
        Error = new JobError
        {
            Code = nameof(ErrorCode.JobNotFound),
            ProviderCode = error.ProviderCode,
            Message = error.Message is { Length: > 0 } message
                ? message
                : "HTTP " + response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            RequestId = response.RequestId,
        },
    };

    public static bool Is(SeedanceJob job) => job.State == JobStatus.Expired && job.Error?.Code == nameof(ErrorCode.JobNotFound);
}

namespace Seedance.Simulator.Tests.Operations;

/// <summary>Faults of uploads, cancels, lists and estimates, and what must come of each.</summary>
internal static class SideFaults
{
    public const string Saved = FaultMatrix.Saved;
    public const string Both = "both";
    public const string Neither = nameof(ErrorCode.SubmitUnconfirmed) + "," + nameof(ErrorCode.SubmitUnconfirmed);

    /// <summary>The next try mends them, and another costs nothing.</summary>
    private static readonly string[] s_mended =
    [
        "reset-before-accept", "reset-after-accept", "429 retry-after=2", "429 retry-after-date=2", "429", "status", "status 500",
        "status-after-accept", "html 502", "cut", "delay 3000",
    ];

    private static readonly string[] s_unreadable = ["html", "truncated", "truncated 0", "empty-body"];

    public static TheoryData<string, string, string> Uploads() => Of(
        "upload",
        ["Simulator", "Muapi", "Replicate", "AtlasCloud"],
        ("1", s_mended, Saved),
        ("1", s_unreadable, nameof(ErrorCode.ProtocolError)),
        ("*", ["status", "status 500", "reset-before-accept", "reset-after-accept"], nameof(ErrorCode.ProviderUnavailable)),
        ("*", ["429"], nameof(ErrorCode.RateLimited)),
        ("*", ["status 401"], nameof(ErrorCode.AuthenticationFailed)));

    /// <summary>A cancel is sent once; what the host made of one without an answer, the job tells.</summary>
    public static TheoryData<string, string, string> Cancels() => Of(
        "cancel",
        ["Simulator", "Replicate"],
        ("1", ["reset-before-accept", "reset-after-accept", "status", "status 500", "status-after-accept", "html 502", "cut",
            "delay 3000"], nameof(ErrorCode.ProviderUnavailable)),
        ("1", ["429", "429 retry-after=2"], nameof(ErrorCode.RateLimited)),
        ("1", ["status 401"], nameof(ErrorCode.AuthenticationFailed)),
        ("1", s_unreadable, nameof(JobStatus.Cancelled)));

    public static TheoryData<string, string, string> Lists() =>
    [
        .. Of("list", ["Replicate", "AtlasCloud", "BytePlus"], ("1", [.. s_mended, .. s_unreadable], Both),
            ("*", ["status", "html", "empty-body", "reset-after-accept", "status 401", "429"], Neither)),
    ];

    public static TheoryData<string, string, string> Estimates() => Of(
        "estimate",
        ["Wireflow"],
        ("1", s_mended, nameof(EstimateConfidence.HostEstimate)),
        ("1", s_unreadable, nameof(EstimateConfidence.Unknown)),
        ("*", ["status", "reset-before-accept", "429", "status 401"], nameof(EstimateConfidence.Unknown)));

    private static TheoryData<string, string, string> Of(
        string phase, string[] providers, params (string Request, string[] Faults, string Outcome)[] rows)
    {
        TheoryData<string, string, string> data = [];
        foreach (string provider in providers)
        {
            foreach (var (request, faults, outcome) in rows)
            {
                Array.ForEach(faults, fault => data.Add(provider, phase + ":" + request + " " + fault, outcome));
            }
        }

        return data;
    }
}

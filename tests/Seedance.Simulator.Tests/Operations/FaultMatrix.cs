namespace Seedance.Simulator.Tests.Operations;

/// <summary>Every fault in every phase, at every dialect, and what must come of it.</summary>
internal static class FaultMatrix
{
    public const string Saved = "saved";

    private static readonly string[] s_providers = ["Simulator", "Muapi", "Seedance2Ai"];

    /// <summary>The answer to a submit never comes, or proves nothing; the host has the job.</summary>
    private static readonly string[] s_unprovenSubmits =
    [
        "reset-after-accept", "status-after-accept 502", "status-after-accept 504", "html", "html 502", "truncated", "truncated 0",
        "empty-body", "cut", "cut 0", "delay 300",
    ];

    private static readonly string[] s_harmlessPolls =
    [
        "reset-before-accept", "reset-after-accept", "429 retry-after=2", "429 retry-after-date=2", "429", "status", "status 500",
        "status-after-accept", "html", "html 502", "truncated", "invalid-utf8",
        "empty-body", "unknown-status", "not-found", "success-without-url", "cut", "delay 100",
    ];

    private static readonly string[] s_harmlessMedia =
    [
        "reset-before-accept", "reset-after-accept", "429 retry-after=2", "429 retry-after-date=2", "status", "status-after-accept",
        "html", "truncated", "invalid-utf8", "empty-body", "cut", "cut 0",
        "expired-url", "delay 100",
    ];

    public static TheoryData<string, string, string, int> Submits()
    {
        TheoryData<string, string, string, int> rows = [];
        foreach (string provider in s_providers)
        {
            foreach (string fault in s_unprovenSubmits)
            {
                rows.Add(provider, "submit:1 " + fault, nameof(ErrorCode.SubmitUnconfirmed), 1);
            }

            foreach (string fault in (string[])["429 retry-after=2", "429 retry-after-date=2", "429"])
            {
                rows.Add(provider, "submit:1-3 " + fault, Saved, 1);
            }

            // The broken bytes are in the last text of the answer, which is the id at one host only; an id that can be read is proof.
            rows.Add(provider, "submit:1 invalid-utf8", provider == "Seedance2Ai" ? nameof(ErrorCode.SubmitUnconfirmed) : Saved, 1);
            rows.Add(provider, "submit:1 reset-before-accept", nameof(ErrorCode.SubmitUnconfirmed), 0);
            rows.Add(provider, "submit:1 status 502", nameof(ErrorCode.SubmitUnconfirmed), 0);
            rows.Add(provider, "submit:* status 401", nameof(ErrorCode.AuthenticationFailed), 0);
            rows.Add(provider, "submit:* status 402", nameof(ErrorCode.InsufficientCredits), 0);
            rows.Add(provider, "submit:1 job-fails", nameof(ErrorCode.JobFailed), 1);
            rows.Add(provider, "submit:1 job-never-ends", nameof(ErrorCode.WaitTimeout), 1);

            rows.Add(provider, "submit:1 status 500", nameof(ErrorCode.SubmitUnconfirmed), 0);
            rows.Add(provider, "submit:* status 503", nameof(ErrorCode.SubmitUnconfirmed), 0);
            rows.Add(provider, "submit:1 status-after-accept 500", nameof(ErrorCode.SubmitUnconfirmed), 1);
        }

        return rows;
    }

    public static TheoryData<string, string, string> Polls()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string provider in s_providers)
        {
            foreach (string fault in s_harmlessPolls)
            {
                rows.Add(provider, "poll:1 " + fault, Saved);
            }

            rows.Add(provider, "poll:1-20 status", Saved);
            rows.Add(provider, "poll:1-20 html", Saved);
            rows.Add(provider, "poll:* not-found", nameof(ErrorCode.JobNotFound));
            rows.Add(provider, "poll:* success-without-url", nameof(ErrorCode.OutputMissing));
            rows.Add(provider, "poll:* status 401", nameof(ErrorCode.AuthenticationFailed));
            rows.Add(provider, "poll:* status 403", nameof(ErrorCode.AccessDenied));
        }

        return rows;
    }

    public static TheoryData<string, string[], string> Media()
    {
        TheoryData<string, string[], string> rows = [];
        foreach (string provider in s_providers)
        {
            foreach (string fault in s_harmlessMedia)
            {
                rows.Add(provider, ["media:1 " + fault], Saved);
            }

            foreach (string second in (string[])[
                "no-ranges", "wrong-range", "changed-media", "reset-after-accept", "status", "expired-url"])
            {
                rows.Add(provider, ["media:2 " + second, "media:1 cut"], Saved);
            }

            rows.Add(provider, ["media:1-5 cut 0.9"], Saved);
            rows.Add(provider, ["media:* expired-url"], nameof(ErrorCode.OutputExpired));
            rows.Add(provider, ["media:* html"], nameof(ErrorCode.IntegrityFailed));
            rows.Add(provider, ["media:* status"], nameof(ErrorCode.ProviderUnavailable));
            rows.Add(provider, ["media:* reset-before-accept"], nameof(ErrorCode.ProviderUnavailable));
        }

        return rows;
    }

    public static TheoryData<string, string, string> Credits()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string provider in s_providers)
        {
            foreach (string fault in (string[])["reset-before-accept", "reset-after-accept", "429 retry-after=2", "429 retry-after-date=2",
                "status", "status-after-accept", "cut", "delay 100"])
            {
                rows.Add(provider, "credits:1 " + fault, "answered");
            }

            foreach (string fault in (string[])["html", "truncated", "empty-body"])
            {
                rows.Add(provider, "credits:* " + fault, nameof(ErrorCode.ProtocolError));
            }

            rows.Add(provider, "credits:* status", nameof(ErrorCode.ProviderUnavailable));
            rows.Add(provider, "credits:* 429", nameof(ErrorCode.RateLimited));
            rows.Add(provider, "credits:* status 401", nameof(ErrorCode.AuthenticationFailed));
        }

        return rows;
    }
}

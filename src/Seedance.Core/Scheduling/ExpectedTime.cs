using System;
using System.Linq;
using Seedance.Accounts;
using Seedance.Capabilities;

namespace Seedance.Scheduling;

/// <summary>How long a job like this one takes.</summary>
internal sealed record ExpectedTime(TimeSpan Median, double Sigma)
{
    private const double UsualSigma = 0.4; // Of eight equal clips at one relay: 83 to 253 s around 105 s (published log, 2026).
    private static readonly TimeSpan s_unknown = TimeSpan.FromSeconds(75); // The middle of what five vendors' guides say.

    public static ExpectedTime Of(SeedanceJob job, Account account)
    {
        int? typical = account.Adapter.Models.Select(row => row.Model).FirstOrDefault(model => model.WireModel == job.WireModel && model.Mode == job.Mode)?.TypicalSeconds;
        return new ExpectedTime(typical is { } seconds ? TimeSpan.FromSeconds(seconds) : s_unknown, UsualSigma);
    }
}

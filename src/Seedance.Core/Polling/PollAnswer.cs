using Seedance.Providers;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>What a provider said of a job: news, or in <paramref name="Nothing"/> why there are none.</summary>
internal sealed record PollAnswer(StoredJob Stored, JobUpdate? Update, WireResponse? Response, PollResult? Nothing)
{
    public static PollAnswer None(PollResult why) => new(why.Stored, null, null, why);
}

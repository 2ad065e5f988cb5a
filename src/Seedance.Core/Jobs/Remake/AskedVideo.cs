using Seedance.Jobs.Prepare;
using Seedance.Models;

namespace Seedance.Jobs.Remake;

/// <summary>
/// One video of what an input asks for: an input may ask for several takes. <paramref name="Whom"/> are the accounts to try, by name, in
/// order.
/// </summary>
internal sealed record AskedVideo(VideoRequest Request, IReadOnlyList<(string? Profile, string? Provider)> Whom)
{
    /// <summary>How its submit goes about it; the user's token is told apart for takes after the first.</summary>
    public SubmitOptions Options { get; init; } = new();

    /// <summary>
    /// The takes of this video: one for each seed, or as many as were asked for, each with a seed that the module chooses.
    /// </summary>
    public IReadOnlyList<AskedVideo> Takes(int? count, IReadOnlyList<long> seeds)
    {
        if (count > 1 && seeds.Count > 1)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest,
                string.Format(CultureInfo.InvariantCulture, "{0} seeds and {1} takes were asked for.", seeds.Count, count))
            {
                RecommendedAction =
                    "Nothing was sent or spent. Give -Seed alone, which makes a video for each, or -Take with one seed or none.",
            };
        }

        int takes = Math.Max(count ?? 1, seeds.Count);
        return takes == 1
            ? [seeds.Count == 1 ? this with { Request = Request with { Seed = seeds[0] } } : this]
            : [.. Enumerable.Range(0, takes).Select(i => Take(i, seeds.Count == 0 ? null : seeds.Count == 1 ? seeds[0] + i : seeds[i]))];
    }

    private AskedVideo Take(int place, long? seed)
    {
        string? token = Options.ClientToken is not { } own || place == 0
            ? Options.ClientToken
            : own + "/" + (place + 1).ToString(CultureInfo.InvariantCulture);
        return this with
        {
            Request = Request with { Seed = seed },
            Options = Options with
            {
                // Under a token the same request has to come out of every run.
                Terms = seed is null
                    ? Options.Terms with { ChosenSeed = token is null
                        ? Seeds.Random()
                        : Seeds.Of(token + "|" + place.ToString(CultureInfo.InvariantCulture)) }
                    : Options.Terms,
                Entry = Options.Entry with { Take = place + 1 },
                ClientToken = token,
            },
        };
    }
}

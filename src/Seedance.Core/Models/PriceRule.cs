namespace Seedance.Models;

/// <summary>How a host's price list makes up a price. What it does not list is unknown.</summary>
internal sealed record PriceRule
{
    /// <summary>Stands for every resolution.</summary>
    public const string AnyResolution = "*";

    public required string Unit { get; init; }

    /// <summary>The list and its date.</summary>
    public required string Source { get; init; }

    /// <summary>Another list differs from this one by about half, so that it is no price to rely on.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>By resolution, per second of video.</summary>
    public IReadOnlyDictionary<string, decimal> PerSecond { get; init;
        } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By resolution, per second of video when reference videos are given, where the list has a row of its own for that.</summary>
    public IReadOnlyDictionary<string, decimal> PerSecondWithVideo { get; init;
        } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Seconds of reference videos that are billed beside those of the video, at most: the longest that the model takes, since nobody knows
    /// beforehand how long they are. 0 where the list counts none.
    /// </summary>
    public int ReferenceSeconds { get; init; }

    /// <summary>By resolution, per clip whatever its length.</summary>
    public IReadOnlyDictionary<string, decimal> PerClip { get; init; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Applies when reference videos are given; null where they cost what nobody can tell beforehand, such as their own seconds.
    /// </summary>
    public decimal? ReferenceVideoFactor { get; init; } = 1;

    /// <summary>Applies when the sound is switched off.</summary>
    public decimal SilentFactor { get; init; } = 1;

    /// <summary>By upscale class, added once after the factor.</summary>
    public IReadOnlyDictionary<string, decimal> Upscale { get; init; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By resolution, per million of the tokens that the host counts when the video is made.</summary>
    public IReadOnlyDictionary<string, decimal> PerMillionTokens { get; init;
        } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By resolution, per million tokens of a video that had reference videos; nothing else prices their tokens.</summary>
    public IReadOnlyDictionary<string, decimal> PerMillionTokensWithVideo { get; init;
        } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Options that make it cheaper, in the words of the list.</summary>
    public IReadOnlyList<OptionFactor> OptionFactors { get; init; } = [];

    public SeedanceCost? Estimate(VideoRequest request)
    {
        if (RequestLength.IsOpen(request) || Base(request) is not { } price)
        {
            return null;
        }

        if (request.ReferenceVideos.Count > 0)
        {
            if (ReferenceVideoFactor is not { } factor)
            {
                return null;
            }

            price *= factor;
        }

        if (request.GenerateAudio == false)
        {
            price *= SilentFactor;
        }

        foreach (OptionFactor option in OptionFactors.Where(option => option.IsAsked(request)))
        {
            price *= option.Of(request);
        }

        if (Upscaling(request) is { } upscale)
        {
            if (!Upscale.TryGetValue(upscale, out decimal surcharge))
            {
                return null;
            }

            price += surcharge;
        }

        bool bounded = request.ReferenceVideos.Count > 0 && ReferenceSeconds > 0;
        string source = bounded
            ? string.Format(CultureInfo.InvariantCulture, "{0}; at most, with {1} s of reference videos", Source, ReferenceSeconds)
            : Source;
        return new SeedanceCost { Amount = price, Unit = Unit, IsEstimate = true, Source = source };
    }

    /// <summary>What a bill in tokens comes to; null where the list has no price for the tokens of this request.</summary>
    public SeedanceCost? OfTokens(SeedanceCost counted, VideoRequest request)
    {
        // A draft has fewer tokens or a lower price each; which of them, no document says.
        OptionFactor[] options = [.. OptionFactors.Where(option => option.IsAsked(request))];
        if (Array.Exists(options, option => option.MayBeInTheTokens)
            || Rate(request.ReferenceVideos.Count > 0 ? PerMillionTokensWithVideo : PerMillionTokens,
                request.Resolution) is not { } perMillion)
        {
            return null;
        }

        perMillion = options.Aggregate(
            request.GenerateAudio == false ? perMillion * SilentFactor : perMillion, (rate, option) => rate * option.Of(request));
        return new SeedanceCost
        {
            Amount = counted.Amount * perMillion / 1_000_000,
            Unit = Unit,
            IsEstimate = true, // The host named the tokens, the list their price.
            Source = string.Format(
                CultureInfo.InvariantCulture, "{0:0.####} tokens ({1}) at {2:0.####} {3} a million: {4}", counted.Amount, counted.Source,
                perMillion, Unit, Source),
        };
    }

    /// <summary>The rule for people, without its source.</summary>
    public string Describe()
    {
        List<string> parts = [];
        parts.AddRange(PerClip.Select(rate => Words(rate, " a clip")));
        parts.AddRange(PerSecond.Select(rate => Words(rate, " a second")));
        parts.AddRange(
            PerSecondWithVideo.Select(
            rate => Words(
            rate, ReferenceSeconds > 0 ? " a second with reference videos, theirs counted too" : " a second with reference videos")));
        if (ReferenceVideoFactor is null)
        {
            parts.Add("unknown with reference videos");
        }
        else if (ReferenceVideoFactor != 1)
        {
            parts.Add(string.Format(CultureInfo.InvariantCulture, "times {0:0.####} with reference videos", ReferenceVideoFactor));
        }

        if (SilentFactor != 1)
        {
            parts.Add(string.Format(CultureInfo.InvariantCulture, "times {0:0.####} without sound", SilentFactor));
        }

        parts.AddRange(OptionFactors.Select(option => option.Describe()));
        parts.AddRange(
            Upscale.Select(rate => string.Format(CultureInfo.InvariantCulture, "{0:0.####} more for {1}", rate.Value, rate.Key)));
        return string.Join(", ", parts);
    }

    private string Words(KeyValuePair<string, decimal> rate, string per) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.####} {1}{2}", rate.Value, Unit, per)
            + (rate.Key == AnyResolution ? string.Empty : " at " + rate.Key);

    /// <summary>A resolution that the host reaches by upscaling costs the same as asking for the upscaling.</summary>
    private string? Upscaling(VideoRequest request) =>
        request.Upscale ?? (request.Resolution is { } resolution && Upscale.ContainsKey(resolution) ? resolution : null);

    private decimal? Base(VideoRequest request)
    {
        if (Rate(PerClip, request.Resolution) is { } clip)
        {
            return clip;
        }

        bool video = request.ReferenceVideos.Count > 0 && PerSecondWithVideo.Count > 0;
        return Rate(
            video ? PerSecondWithVideo : PerSecond, request.Resolution) * (request.DurationSeconds + (video ? ReferenceSeconds : 0));
    }

    private static decimal? Rate(IReadOnlyDictionary<string, decimal> rates, string? resolution) =>
        (resolution is not null && rates.TryGetValue(resolution, out decimal rate)) || rates.TryGetValue(AnyResolution, out rate)
            ? rate
            : null;
}

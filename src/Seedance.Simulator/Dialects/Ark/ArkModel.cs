namespace Seedance.Simulator.Dialects.Ark;

/// <summary>One of ByteDance's models: what it takes and what a second of it costs (sheet, sections 3 to 5 and 10).</summary>
internal sealed record ArkModel(string Id, ArkGeneration Generation, int Shortest, int Longest, params string[] Resolutions)
{
    public bool TakesText { get; init; } = true;

    public bool TakesFrames { get; init; } = true;

    public bool TakesLastFrame { get; init; } = true;

    public int Images { get; init; }

    public int Videos { get; init; }

    public int Audios { get; init; }

    /// <summary>USD by resolution.</summary>
    public IReadOnlyDictionary<string, decimal> PerSecond { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Duration -1: the model chooses.</summary>
    public bool ChoosesDuration => Generation != ArkGeneration.Seedance10;

    public bool HasAudio => Generation != ArkGeneration.Seedance10;

    public bool IsFirst => Generation is ArkGeneration.Seedance10 or ArkGeneration.Seedance15;
}

/// <summary>Which fields a model has.</summary>
internal enum ArkGeneration
{
    Seedance10,
    Seedance15,
    Seedance20,
    Seedance25,
}

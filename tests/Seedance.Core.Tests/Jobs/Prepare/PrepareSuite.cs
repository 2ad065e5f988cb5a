using Seedance.Jobs.Prepare;

namespace Seedance.Core.Tests.Jobs.Prepare;

/// <summary>The requests that these tests begin with.</summary>
public abstract class PrepareSuite
{
    private protected static VideoRequest Asking(string model, string asked)
    {
        VideoRequest request = Request() with { Model = model };
        string value = asked.Substring(asked.IndexOf('=') + 1);
        return asked.Split('=')[0] switch
        {
            "Duration" => request with { DurationSeconds = int.Parse(value, CultureInfo.InvariantCulture) },
            "Seed" => request with { Seed = long.Parse(value, CultureInfo.InvariantCulture) },
            "Ratio" => request with { AspectRatio = value },
            "Images" => request with {
                ReferenceImages =
                [.. Enumerable.Range(0, int.Parse(value, CultureInfo.InvariantCulture)).Select(i => "https://m.example/" + i + ".png")] },
            _ => request with { Resolution = value },
        };
    }

    private protected static VideoRequest Request() => new() { Prompt = "a fox in snow", Model = "seedance-acme" };
}

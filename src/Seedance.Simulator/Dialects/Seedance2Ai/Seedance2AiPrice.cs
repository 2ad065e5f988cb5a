using System.Text.Json;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Seedance2Ai;

/// <summary>
/// Credits of a task: seconds times the model's rate, doubled by a reference video, plus a surcharge a clip (sheet, section 6).
/// </summary>
internal static class Seedance2AiPrice
{
    public static decimal Of(string model, JsonElement inputs, int seconds)
    {
        // The page's formula says 40 for both; its price table, 32 for the fast model (160 for 5 s).
        int rate = model == "seedance2-fast" ? 32 : 40;
        int surcharge = inputs.Text("upscaleResolution") switch { "2k" => 100, "4k" => 200, _ => 0 };
        return (seconds * rate * (inputs.Items("videoUrls") > 0 ? 2 : 1)) + surcharge;
    }
}

using System.Text.Json.Nodes;
using Seedance.Models;

namespace Seedance.Providers.Wireflow;

/// <summary>The <c>inputs</c> of a workflow: by name, or by node where the run dialect is spoken.</summary>
internal static class WireflowBody
{
    /// <summary>
    /// The only names that a document has (Seedance 2.1 guide, read 2026-09); there is one image, as a frame or as a reference.
    /// </summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> s_documented = new(StringComparer.OrdinalIgnoreCase)
    {
        [WireflowNames.Prompt] = ["prompt"],
        [WireflowNames.Image] = ["reference_image"],
        [WireflowNames.ReferenceImages] = ["reference_image"],
        [WireflowNames.Resolution] = ["resolution"],
    };

    public static JsonObject Build(VideoRequest request, WireflowOptions options)
    {
        RequestPlaces.Refuse(
            WireflowModels.Provider,
            [
                .. WireflowNames.Asked(request)
                    .Select(asked => (Say(asked), asked.Value.Length > Places(asked.Key, options).Count && !IsWithout(asked))),
                ("CallbackUri (put a node into the workflow that reports)", request.CallbackUri is not null),
                ("Sandbox", request.Sandbox),
            ]);
        return Fill(request, options);
    }

    /// <summary>For the price: what has no place, and files that are still here alone, are left out.</summary>
    public static JsonObject BuildForEstimate(VideoRequest request, WireflowOptions options)
    {
        static bool OnTheWeb(string? reference) => reference is not null && !MediaReferences.IsLocal(reference);
        VideoRequest fetchable = request with
        {
            Image = OnTheWeb(request.Image) ? request.Image : null,
            LastFrame = OnTheWeb(request.LastFrame) ? request.LastFrame : null,
            ReferenceImages = [.. request.ReferenceImages.Where(OnTheWeb)],
            ReferenceVideos = [.. request.ReferenceVideos.Where(OnTheWeb)],
            ReferenceAudios = [.. request.ReferenceAudios.Where(OnTheWeb)],
        };
        return Fill(fetchable, options);
    }

    private static JsonObject Fill(VideoRequest request, WireflowOptions options)
    {
        JsonObject inputs = [];
        foreach (KeyValuePair<string, JsonValue[]> asked in WireflowNames.Asked(request))
        {
            IReadOnlyList<string> places = Places(asked.Key, options);
            for (int i = 0; i < Math.Min(places.Count, asked.Value.Length); i++)
            {
                if (inputs.ContainsKey(places[i]))
                {
                    throw WireflowOptions.Refused("Two things that were asked go to the input '" + places[i] + "'.");
                }

                inputs[places[i]] = asked.Value[i];
            }
        }

        foreach (KeyValuePair<string, JsonNode?> own in options.Inputs)
        {
            inputs[own.Key] = own.Value?.DeepClone();
        }

        return new JsonObject { ["inputs"] = inputs };
    }

    private static IReadOnlyList<string> Places(string name, WireflowOptions options) =>
        options.Aliases.TryGetValue(name, out IReadOnlyList<string>? own) ? own
        : !options.IsRun && s_documented.TryGetValue(name, out IReadOnlyList<string>? documented) ? documented
        : [];

    /// <summary>"No" to what a workflow has no input for is no wish that would get lost; sound is what many models make unasked.</summary>
    private static bool IsWithout(KeyValuePair<string, JsonValue[]> asked) =>
        asked.Key is WireflowNames.CameraFixed or WireflowNames.HighBitrate && !asked.Value[0].GetValue<bool>();

    private static string Say(KeyValuePair<string, JsonValue[]> asked) =>
        asked.Value.Length > 1
            ? FormattableString.Invariant($"{asked.Value.Length} {asked.Key} (the option 'aliases' can name an input for each)")
            : asked.Key + " (the option 'aliases' can name one)";
}

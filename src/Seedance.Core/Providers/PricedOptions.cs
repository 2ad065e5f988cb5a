using Seedance.Models;
using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>
/// A field that decides the price has a parameter, from which the price is made that was shown and held against the budget. An option of
/// the field's name would overrule it on the wire, so it is refused unless it says the same.
/// </summary>
internal static class PricedOptions
{
    public const string Duration = "-Duration";
    public const string Resolution = "-Resolution";
    public const string NoAudio = "-NoAudio";
    public const string ReferenceVideo = "-ReferenceVideo";
    public const string Upscale = "-Upscale";
    public const string Sandbox = "-Sandbox";

    /// <summary>The host's fields, each with the parameter that stands for it.</summary>
    public static void Refuse(string provider, VideoRequest request, params (string Field, string Parameter)[] fields)
    {
        foreach (KeyValuePair<string, object?> option in request.Options)
        {
            // A host may read its fields without regard to case, so the option is taken for the field here, too.
            int place = Array.FindIndex(fields, field => string.Equals(field.Field, option.Key, StringComparison.OrdinalIgnoreCase));
            if (place < 0 || Says(option, Asked(request, fields[place].Parameter))
                || (fields[place].Parameter == Duration && RequestLength.IsAutomatic(option.Value)))
            {
                continue;
            }

            throw new SeedanceException(
                ErrorCode.InvalidRequest,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The option '{0}' would overrule {1} at {2}, and what the request costs was made out with that; nothing was sent.",
                    option.Key, fields[place].Parameter, provider))
            {
                Provider = provider,
                Target = option.Key,
                RecommendedAction = "Use " + fields[place].Parameter + " instead of the option.",
            };
        }
    }

    /// <summary>Whether there is an option of that name, in any case.</summary>
    public static bool Has(VideoRequest request, string name) =>
        request.Options.Keys.Any(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));

    private static object? Asked(VideoRequest request, string parameter) => parameter switch
    {
        Duration => request.DurationSeconds,
        Resolution => request.Resolution,
        NoAudio => request.GenerateAudio,
        Upscale => request.Upscale,
        Sandbox => request.Sandbox,
        _ => null,
    };

    /// <summary>The same in another spelling, such as a number as text, where a host's documents disagree about that.</summary>
    private static bool Says(KeyValuePair<string, object?> option, object? asked) =>
        asked is not null
        && string.Equals(JsonValues.ToNode(option.Value, option.Key)?.ToString(), Convert.ToString(asked, CultureInfo.InvariantCulture),
            StringComparison.OrdinalIgnoreCase);
}

using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Catalogue;

/// <summary>A row of the user's file as a row of the catalogue, held to what the built-in rows are held to.</summary>
internal static class UserModelRow
{
    private const string Origin = "your " + UserModelFile.FileName;
    private const int LongestClip = 3600;
    private const int MostReferences = 1000;
    private const int LongestPrompt = 1_000_000;
    private const decimal HighestPrice = 1_000_000;
    private static readonly string[] s_features = ["Audio", "Seed", "CameraFixed", "HighBitrate", "Upscale", "Callback", "Sandbox"];

    /// <summary>
    /// Adds what is wrong to <paramref name="fields"/>. A row that names no date has the file's, <paramref name="date"/>.
    /// </summary>
    public static ModelCapability Read(RowFields fields, string date)
    {
        IProviderAdapter? adapter = Provider(fields);
        string source = fields.Text("source") is { } named ? Origin + ": " + named : Origin;
        SeedanceModel model = new()
        {
            Name = fields.RequiredText("name"),
            Provider = adapter?.Provider.Name ?? string.Empty,
            WireModel = fields.RequiredText("wireModel"),
            StartsFrom = Mode(fields),
            MinDuration = fields.Whole("minDuration", 1, LongestClip),
            MaxDuration = fields.Whole("maxDuration", 1, LongestClip),
            Durations = fields.Wholes("durations", 1, LongestClip),
            DefaultDuration = fields.Whole("defaultDuration", 1, LongestClip),
            AutomaticDuration = fields.Flag("automaticDuration"),
            Resolutions = fields.Texts("resolutions"),
            DefaultResolution = fields.Text("defaultResolution"),
            AspectRatios = fields.Texts("aspectRatios"),
            DefaultAspectRatio = fields.Text("defaultAspectRatio"),
            MaxPromptLength = fields.Whole("maxPromptLength", 1, LongestPrompt),
            PromptOptional = fields.Flag("promptOptional"),
            PromptReplacedBy = fields.Texts("promptReplacedBy"),
            MaxReferenceImages = fields.Whole("maxReferenceImages", 0, MostReferences) ?? 0,
            MaxReferenceVideos = fields.Whole("maxReferenceVideos", 0, MostReferences) ?? 0,
            MaxReferenceAudios = fields.Whole("maxReferenceAudios", 0, MostReferences) ?? 0,
            MaxReferences = fields.Whole("maxReferences", 0, MostReferences),
            AudioNeedsPicture = fields.Flag("audioNeedsPicture"),
            Features = Features(fields),
            Upscales = fields.Texts("upscales"),
            TypicalSeconds = fields.Whole("typicalSeconds", 1, 24 * 3600),
            UrlLifetime = fields.Number("urlLifetimeHours", 24 * 366) is { } hours ? TimeSpan.FromHours((double)hours) : null,
            Concurrency = fields.Whole("concurrency", 1, 1000),
            Notes = fields.Text("notes"),
            Source = source,
            SourceDate = fields.Text("sourceDate") ?? date,
        };
        PriceRule? price = Price(fields, model, source);
        fields.RefuseOthers();
        Check(fields, model, adapter);
        return new ModelCapability(model with { PriceRule = price?.Describe() }, price);
    }

    private static IProviderAdapter? Provider(RowFields fields)
    {
        string name = fields.RequiredText("provider");
        IProviderAdapter? adapter = ProviderRegistry.Find(name);
        if (adapter is null && name.Length > 0)
        {
            fields.Refuse("provider", "is none of " + string.Join(", ", ProviderRegistry.Names));
        }

        return adapter;
    }

    private static GenerationMode Mode(RowFields fields)
    {
        string word = fields.RequiredText("mode");
        string[] names = Enum.GetNames(typeof(GenerationMode)); // Enum.TryParse would take numbers too.
        int place = Array.FindIndex(names, name => Same(name, word));
        if (place < 0 && word.Length > 0)
        {
            fields.Refuse("mode", "is none of " + string.Join(", ", names));
        }

        return place < 0 ? default : (GenerationMode)Enum.Parse(typeof(GenerationMode), names[place]);
    }

    private static IReadOnlyList<string> Features(RowFields fields)
    {
        List<string> features = [];
        foreach (string word in fields.Texts("features"))
        {
            if (Array.Find(s_features, feature => Same(feature, word)) is { } feature)
            {
                features.Add(feature);
            }
            else
            {
                fields.Refuse("features", "has an entry that is none of " + string.Join(", ", s_features));
            }
        }

        return features;
    }

    private static PriceRule? Price(RowFields fields, SeedanceModel model, string source)
    {
        if (fields.Object("price") is not { } price)
        {
            return null;
        }

        PriceRule rule = new()
        {
            Unit = price.RequiredText("unit"),
            Source = price.Text("source") is { } named ? Origin + ": " + named : source,
            PerSecond = price.Rates("perSecond", HighestPrice),
            PerClip = price.Rates("perClip", HighestPrice),
        };
        price.RefuseOthers();
        if (rule.PerSecond.Count + rule.PerClip.Count == 0)
        {
            fields.Refuse("price", "names neither perSecond nor perClip");
        }

        if (model.Resolutions.Count > 0
            && rule.PerSecond.Keys.Concat(rule.PerClip.Keys)
                .Any(known => known != PriceRule.AnyResolution && !model.Resolutions.Contains(known, StringComparer.OrdinalIgnoreCase)))
        {
            fields.Refuse("price", "prices a resolution that is not among the resolutions");
        }

        return rule;
    }

    private static void Check(RowFields fields, SeedanceModel model, IProviderAdapter? adapter)
    {
        if (model.MinDuration > model.MaxDuration)
        {
            fields.Refuse("minDuration", "is above maxDuration");
        }

        bool fits = model.Durations.Count > 0
            ? model.DefaultDuration is not { } length || model.Durations.Contains(length)
            : !(model.DefaultDuration < model.MinDuration || model.DefaultDuration > model.MaxDuration);
        if (!fits)
        {
            fields.Refuse("defaultDuration", "is no duration of the row");
        }

        CheckDefault(fields, "defaultResolution", model.DefaultResolution, "resolutions", model.Resolutions);
        CheckDefault(fields, "defaultAspectRatio", model.DefaultAspectRatio, "aspectRatios", model.AspectRatios);
        if (model.StartsFrom == GenerationMode.Reference
            && model.MaxReferenceImages + model.MaxReferenceVideos + model.MaxReferenceAudios == 0)
        {
            fields.Refuse("mode", "is Reference, which needs maxReferenceImages, maxReferenceVideos or maxReferenceAudios");
        }

        if (adapter is not null && model.WireModel.Length > 0 && ModelCatalogue.BuiltIn.IsNoUserModel(adapter, model.WireModel))
        {
            fields.Refuse("wireModel", string.Format(CultureInfo.InvariantCulture, "is no id of your own at {0}", adapter.Provider.Name));
        }
    }

    private static void CheckDefault(RowFields fields, string field, string? value, string listField, IReadOnlyList<string> list)
    {
        if (value is not null && list.Count > 0 && !list.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            fields.Refuse(field, "is not among the " + listField);
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

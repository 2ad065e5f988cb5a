using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Core.Tests.Catalogue;

public sealed class UserModelFileTests : IDisposable
{
    private const string Plain = """{ "provider": "muapi", "name": "seedance-9", "wireModel": "seedance-9-t2v", "mode": "textToVideo" }""";
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-models-").FullName;
    private readonly UserModelFile _file;

    public UserModelFileTests() => _file = new UserModelFile(_home);

    private string Path => System.IO.Path.Combine(_home, "models.json");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Read_NoFile_IsTheBuiltInCatalogue() => Assert.Same(ModelCatalogue.BuiltIn, _file.Read());

    [Fact]
    public void Read_FullRow_ReadsEveryField()
    {
        SeedanceModel model = Only("""
            {
              "provider": "Muapi", "name": "seedance-9", "wireModel": "seedance-9-ref", "mode": "Reference",
              "minDuration": 4, "maxDuration": 12, "durations": [4, 8, 12], "defaultDuration": 8,
              "resolutions": ["480p", "720p"], "defaultResolution": "720p", "aspectRatios": ["16:9", "1:1"], "defaultAspectRatio": "1:1",
              "maxPromptLength": 900, "maxReferenceImages": 4, "maxReferenceVideos": 2, "maxReferenceAudios": 1, "maxReferences": 5, "audioNeedsPicture": true, "automaticDuration": true, "promptOptional": true, "promptReplacedBy": ["outfit"], "upscales": ["2k"],
              "features": ["audio", "Seed"], "typicalSeconds": 33, "urlLifetimeHours": 1.5, "concurrency": 7, "notes": "From a trial.",
              "source": "https://host.example/docs", "sourceDate": "2026-02-03",
              "price": { "unit": "USD", "perSecond": { "480p": 0.1, "720p": 0.25 }, "source": "the invoice" }
            }
            """).Model;

        Assert.Equal(("seedance-9", "Muapi", "seedance-9-ref", GenerationMode.Reference),
            (model.Name, model.Provider, model.WireModel, model.StartsFrom));
        Assert.Equal(
            (4, 12, 8, "4 8 12"), (model.MinDuration, model.MaxDuration, model.DefaultDuration, string.Join(' ', model.Durations)));
        Assert.Equal(("480p 720p", "720p", "16:9 1:1", "1:1"),
            (string.Join(' ', model.Resolutions), model.DefaultResolution, string.Join(' ', model.AspectRatios), model.DefaultAspectRatio));
        Assert.Equal((900, 4, 2, 1, 5),
            (model.MaxPromptLength, model.MaxReferenceImages, model.MaxReferenceVideos, model.MaxReferenceAudios, model.MaxReferences));
        Assert.True(model.AudioNeedsPicture && model.AutomaticDuration);
        Assert.Equal(
            (true, "outfit", "2k"), (model.PromptOptional, string.Join(' ', model.PromptReplacedBy), string.Join(' ', model.Upscales)));
        Assert.Equal(("Audio Seed", 33, TimeSpan.FromMinutes(90), 7, "From a trial."),
            (string.Join(' ', model.Features), model.TypicalSeconds, model.UrlLifetime, model.Concurrency, model.Notes));
        Assert.Equal(("your models.json: https://host.example/docs", "2026-02-03"), (model.Source, model.SourceDate));
        Assert.Equal("0.1 USD a second at 480p, 0.25 USD a second at 720p", model.PriceRule);
    }

    [Fact]
    public void Read_ShortestRow_NamesTheFileAndItsDate()
    {
        ModelCapability row = Only(Plain);

        Assert.Equal(("your models.json", "Muapi"), (row.Model.Source, row.Model.Provider));
        Assert.Equal(
            File.GetLastWriteTimeUtc(Path).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row.Model.SourceDate);
        Assert.Null(row.Price);
    }

    [Fact]
    public void Read_PriceAsANumber_HoldsForEveryResolution()
    {
        ModelCapability row = Only(Plain.Replace(" }", """, "price": { "unit": "USD", "perClip": 0.5 } }""", StringComparison.Ordinal));

        SeedanceCost cost = row.Price!.Estimate(new VideoRequest { Prompt = "a fox", Resolution = "1080p" })!;
        Assert.Equal((0.5m, "USD", "your models.json"), (cost.Amount, cost.Unit, cost.Source));
    }

    [Fact]
    public void Read_CommentsTrailingCommasAndAByteOrderMark_AreTaken()
    {
        File.WriteAllText(Path, "{ \"version\": 1, // mine\n \"models\": [" + Plain + ",], }",
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Null(_file.Read().Problem);
        Assert.True(_file.Read().Knows(Muapi(), "seedance-9"));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{ \"version\": 1, \"models\": [", "no JSON")]
    [InlineData("[]", "version")]
    [InlineData("{ \"models\": [] }", "version")]
    [InlineData("{ \"version\": 2, \"models\": [] }", "version")]
    [InlineData("{ \"version\": \"1\", \"models\": [] }", "version")]
    [InlineData("{ \"version\": 1, \"models\": {} }", "models")]
    [InlineData("{ \"version\": 1 }", "models")]
    public void Read_DamagedFile_SaysWhyAndKeepsTheBuiltInRows(string text, string word)
    {
        File.WriteAllText(Path, text);

        ModelCatalogue catalogue = _file.Read();

        Assert.Contains(Path, catalogue.Problem, StringComparison.Ordinal);
        Assert.Contains(word, catalogue.Problem, StringComparison.Ordinal);
        Assert.Equal(ModelCatalogue.BuiltIn.All.Count(), catalogue.All.Count());
    }

    [Theory]
    [InlineData("\"provider\": \"Nobody\"", "provider is none of Muapi")]
    [InlineData("\"provider\": null", "provider is missing")]
    [InlineData("\"name\": \"\"", "name is empty")]
    [InlineData("\"name\": 5", "name is no text")]
    [InlineData("\"name\": \"\\ud800\"", "name is empty")]
    [InlineData("\"wireModel\": \"a\\nb\"", "wireModel is empty, too long or holds control")]
    [InlineData("\"mode\": \"0\"", "mode is none of TextToVideo")]
    [InlineData("\"mode\": \"Reference\"", "mode is Reference, which needs maxReferenceImages")]
    [InlineData("\"durations\": 5", "durations is no list")]
    [InlineData("\"durations\": [5, \"8\"]", "durations[1] is no whole number")]
    [InlineData("\"durations\": [5, 10], \"defaultDuration\": 6", "defaultDuration is no duration")]
    [InlineData("\"minDuration\": 9, \"maxDuration\": 4", "minDuration is above")]
    [InlineData("\"maxDuration\": 1e9", "maxDuration is no whole number")]
    [InlineData("\"maxDuration\": 4, \"defaultDuration\": 5", "defaultDuration is no duration")]
    [InlineData("\"resolutions\": [\"720p\"], \"defaultResolution\": \"480p\"", "defaultResolution is not among the resolutions")]
    [InlineData("\"aspectRatios\": [{}]", "aspectRatios[0] is no text")]
    [InlineData("\"resolution\": \"720p\"", "resolution is not known")]
    [InlineData("\"features\": [\"Smell\"]", "features has an entry that is none of Audio")]
    [InlineData("\"concurrency\": 0", "concurrency is no whole number from 1")]
    [InlineData("\"audioNeedsPicture\": 1", "audioNeedsPicture is neither true nor false")]
    [InlineData("\"urlLifetimeHours\": \"24\"", "urlLifetimeHours is no number")]
    [InlineData("\"price\": 0.5", "price is no object")]
    [InlineData("\"price\": { \"perClip\": 1 }", "price.unit is missing")]
    [InlineData("\"price\": { \"unit\": \"USD\" }", "price names neither")]
    [InlineData("\"price\": { \"unit\": \"USD\", \"perClip\": -1 }", "price.perClip is no number")]
    [InlineData("\"price\": { \"unit\": \"USD\", \"perSecond\": { \"720p\": \"1\" } }", "price.perSecond.720p is no number")]
    [InlineData("\"price\": { \"unit\": \"USD\", \"perSecond\": { \"4k\": 1 } }, \"resolutions\": [\"720p\"]", "price prices a resolution")]
    [InlineData("\"notes\": \"a\", \"notes\": \"b\"", "notes is there twice")]
    public void Read_WrongRow_NamesRowAndFieldAndKeepsTheOthers(string fields, string words)
    {
        string wrong = "{ " + string.Join(", ", new[] { "provider", "name", "wireModel", "mode" }
            .Where(field => !fields.StartsWith("\"" + field + "\"", StringComparison.Ordinal))
            .Select(field => "\"" + field + "\": \"" + field switch { "provider" => "Muapi", "mode" => "TextToVideo", _ => "wrong-one" }
                + "\"")
            .Append(fields)) + " }";

        ModelCatalogue catalogue = Read(Plain, wrong);

        Assert.Contains(Path + " has 1 wrong row,", catalogue.Problem, StringComparison.Ordinal);
        Assert.Contains("row 2", catalogue.Problem, StringComparison.Ordinal);
        Assert.Contains("field " + words, catalogue.Problem, StringComparison.Ordinal);
        Assert.True(catalogue.Knows(Muapi(), "seedance-9"));
        Assert.False(catalogue.Knows(Muapi(), "wrong-one"));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Read_RowThatIsNoObject_IsLeftOut(string row) =>
        Assert.Contains("row 1: it is no object", Read(row).Problem, StringComparison.Ordinal);

    [Fact]
    public void Read_TwoRowsForOneEndpointAndMode_TheFirstHolds() =>
        Assert.Contains("as row 1", Read(Plain, Plain).Problem, StringComparison.Ordinal);

    [Fact]
    public void Read_ManyWrongRows_AreOneMessageOfBoundedLength()
    {
        string problem = Read([.. Enumerable.Repeat("{}", 500)]).Problem!;

        Assert.Contains("500 wrong rows", problem, StringComparison.Ordinal);
        Assert.Contains("and 490 more", problem, StringComparison.Ordinal);
        Assert.True(problem.Length < 4000);
    }

    [Theory]
    [InlineData("seedance-2.1")]
    [InlineData("wf_live_0123456789")]
    public void Read_WireflowRowThatNamesNoWorkflow_IsLeftOut(string id) => Assert.Contains(
        "field wireModel is no id of your own at Wireflow",
        Read(Plain.Replace("muapi", "Wireflow", StringComparison.Ordinal).Replace("seedance-9-t2v", id, StringComparison.Ordinal)).Problem,
        StringComparison.Ordinal);

    [Fact]
    public void Read_UnchangedFile_IsReadOnce()
    {
        ModelCatalogue first = Read(Plain);

        Assert.Same(first, _file.Read());
    }

    [Fact]
    public void Read_ChangedOrRemovedFile_IsReadAgain()
    {
        _ = Read(Plain);
        Write(Plain, Plain.Replace("seedance-9", "seedance-10", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.True(_file.Read().Knows(Muapi(), "seedance-10"));
        File.Delete(Path);
        Assert.Same(ModelCatalogue.BuiltIn, _file.Read());
    }

    [Fact]
    public void Read_MutatedFiles_NeverThrows()
    {
        string good = File.ReadAllText(System.IO.Path.Combine(RepositoryRoot(), "module", "examples", "models.json"));
        Random random = new(20260301);
        const string Noise = "{}[]\",:0-1e\\u d8\0x";
        for (int i = 0; i < 2000; i++)
        {
            char[] text = good.ToCharArray();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                text[random.Next(text.Length)] = Noise[random.Next(Noise.Length)];
            }

            File.WriteAllText(Path, new string(text));
            File.SetLastWriteTimeUtc(Path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i));
            Assert.True(_file.Read().All.Any());
        }
    }

    [Fact]
    public void Read_ShippedExample_IsRight()
    {
        File.Copy(System.IO.Path.Combine(RepositoryRoot(), "module", "examples", "models.json"), Path);

        ModelCatalogue catalogue = _file.Read();

        Assert.Null(catalogue.Problem);
        Assert.Contains(catalogue.All, row => row.Model.Source.StartsWith("your models.json", StringComparison.Ordinal));
    }

    private static IProviderAdapter Muapi() => ProviderRegistry.Find("Muapi")!;

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Seedance.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    private ModelCapability Only(string row)
    {
        ModelCatalogue catalogue = Read(row);
        Assert.Null(catalogue.Problem);
        return Assert.Single(catalogue.All, known => known.Model.Source.StartsWith("your", StringComparison.Ordinal));
    }

    private ModelCatalogue Read(params string[] rows)
    {
        Write(rows);
        return _file.Read();
    }

    private void Write(params string[] rows) =>
        File.WriteAllText(Path, "{ \"version\": 1, \"models\": [" + string.Join(",\n", rows) + "] }");
}

using Seedance.Jobs.Save;

namespace Seedance.Core.Tests.Jobs.Save;

public sealed class FileNameTemplateTests
{
    private static readonly SeedanceJob s_job = new()
    {
        Id = "20260301-235959-abc1234",
        Provider = "Muapi",
        ProviderJobId = "a/b:c",
        Model = "seedance-2.1",
        Prompt = "A red fox\n in the snow",
        CreatedAt = new DateTimeOffset(2026, 3, 2, 7, 59, 59, TimeSpan.FromHours(8)),
        Seed = 42,
        Tag = "shot-04",
        Take = 2,
        Row = 17,
        Request = new VideoRequest { Image = "/pictures/blue mug.final.png" },
        Columns = new SheetColumns([new("Client", "Acme/West")]),
    };

    [Theory]
    [InlineData("a \ufffe fox", "a _ fox.mp4")]
    [InlineData("a \ufdd0\uffff fox", "a __ fox.mp4")]
    [InlineData("a \U0001fffe fox", "a \U0001fffe fox.mp4")]
    [InlineData("e\u0301", "\u00e9.mp4")]
    public void Render_CharacterThatIsNone_EndsNoSave(string prompt, string name) =>
        Assert.Equal(name, FileNameTemplate.Parse("{prompt}").Render(s_job with { Prompt = prompt }, new JobOutput(), 1, ".mp4"));

    [Theory]
    [InlineData(null, "20260301-235959-abc1234.mp4")]
    [InlineData(" ", "20260301-235959-abc1234.mp4")]
    [InlineData("{id}.mp4", "20260301-235959-abc1234.mp4")]
    [InlineData("{provider}-{model}-{seed}", "Muapi-seedance-2.1-42.mp4")]
    [InlineData("{date}_{time}_{index}_{kind}", "20260301_235959_1_video.mp4")]
    [InlineData("{ID} {Prompt}", "20260301-235959-abc1234 A red fox in the snow.mp4")]
    [InlineData("{providerid}", "a_b_c.mp4")]
    [InlineData("{tag}-{take}", "shot-04-2.mp4")]
    [InlineData("{row}-{image}", "17-blue mug.final.mp4")]
    [InlineData("{column:client} {Column: Client }", "Acme_West Acme_West.mp4")]
    [InlineData("{tag}{column:Nobody}", "shot-04.mp4")]
    [InlineData("{provider}/{seed}", "Muapi_42.mp4")]
    [InlineData("../../{seed}", "_.._42.mp4")]
    [InlineData("/etc/{seed}", "_etc_42.mp4")]
    [InlineData("C:\\{seed}", "C__42.mp4")]
    [InlineData("..", "20260301-235959-abc1234.mp4")]
    [InlineData("CON", "_CON.mp4")]
    [InlineData("lpt1.old", "_lpt1.old.mp4")]
    [InlineData("com\u00B9", "_com\u00B9.mp4")]
    [InlineData("console", "console.mp4")]
    [InlineData("name. . ", "name.mp4")]
    [InlineData("a<b>c:d\"e|f?g*h", "a_b_c_d_e_f_g_h.mp4")]
    [InlineData("tab\tbell\u0007", "tab bell_.mp4")]
    [InlineData("a\u202Egpj.exe", "agpj.exe.mp4")]
    [InlineData("e\u0301t\u00E9", "\u00E9t\u00E9.mp4")]
    public void Render_Template_IsASafeName(string? template, string expected) => Assert.Equal(expected, Render(template, s_job));

    [Theory]
    [InlineData("{nope}")]
    [InlineData("{id")]
    [InlineData("id}")]
    [InlineData("{}")]
    [InlineData("{{id}}")]
    [InlineData("{column:}")]
    public void Parse_UnknownToken_NamesTheKnownOnes(string template)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => FileNameTemplate.Parse(template));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(
            "{id} {providerid} {provider} {model} {date} {time} {tag} {take} {row} {image} {seed} {index} {kind} {prompt} {column:Name}",
        error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://h.example/p/red%20cup.jpg?sig=1", "red cup")]
    [InlineData("C:\\p\\cup.png", "cup")]
    [InlineData("data:image/png;base64,AAAA", "")]
    [InlineData("asset://cup-1", "")]
    public void Render_Image_IsTheNameOfThePicture(string image, string expected) =>
        Assert.Equal("x" + expected + ".mp4", Render("x{image}", s_job with { Request = new VideoRequest { ReferenceImages = [image] } }));

    [Fact]
    public void Render_LongPrompts_KeepTheEndsInWhichTheyDiffer()
    {
        const string Shot = "a ceramic mug on marble, steam rising, shallow depth of field, ";

        Assert.StartsWith("a ceramic mug on marble, steam\u2026morning light, slow orbit-42-",
            Render("{prompt}-{seed}", s_job with { Prompt = Shot + "soft morning light, slow orbit" }), StringComparison.Ordinal);
        Assert.StartsWith("a ceramic mug on marble, steam\u2026soft morning light, push-in-42-",
            Render("{prompt}-{seed}", s_job with { Prompt = Shot + "soft morning light, push-in" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{prompt}")]
    [InlineData("{tag}")]
    [InlineData("{column:Client}-{take}")]
    public void Render_TextsThatDifferInTheMiddleAlone_AreNeverOneName(string template)
    {
        string[] names =
            [.. Enumerable.Range(0, 50).Select(i => new string('x', 200) + i.ToString(CultureInfo.InvariantCulture) + new string('y', 200))
            .Select(text => Render(template, s_job with { Prompt = text, Tag = text, Columns = new SheetColumns([new("Client", text)]) }))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 20, FileNameTemplate.MostBytes));
    }

    [Fact]
    public void Render_LongPromptBesideTheId_NeedsNoMark() =>
        Assert.Equal(new string('x', 30) + "\u2026" + new string('x', 29) + "-" + s_job.Id + ".mp4",
            Render("{prompt}-{id}", s_job with { Prompt = new string('x', 500) }));

    [Fact]
    public void Render_LongWidePrompt_GivesWayToTheId()
    {
        string name = Render("{prompt}-{id}", s_job with { Prompt = string.Concat(Enumerable.Repeat("\U0001F98A", 60)) });

        Assert.EndsWith("-20260301-235959-abc1234.mp4", name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 110, FileNameTemplate.MostBytes);
    }

    [Fact]
    public void Render_LongLiteral_IsCutBeforeItsExtension()
    {
        string name = Render(new string('长', 200), s_job);

        Assert.Matches("^长+\u2026长+-[0-9a-f]{6}[.]mp4$", name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 110, FileNameTemplate.MostBytes);
    }

    [Fact]
    public void Render_NothingKnown_FallsBackToTheId() => Assert.Equal(s_job.Id + ".mp4", Render("{seed}", s_job with { Seed = null }));

    [Fact]
    public void Render_RandomPrompts_NeverLeaveTheFolder()
    {
        const string Nasty = "./\\:*?\"<>|\0\n\u0085\u2028\u200F\uD83E\uDD8A .CONaux~-长é";
        Random random = new(7);
        for (int i = 0; i < 2_000; i++)
        {
            string prompt = new([.. Enumerable.Range(0, random.Next(60)).Select(_ => Nasty[random.Next(Nasty.Length)])]);

            string name = Render("{prompt}", s_job with { Prompt = prompt });

            Assert.Equal(name, Path.GetFileName(name));
            Assert.DoesNotContain(name, letter => "<>:\"/\\|?*".Contains(letter, StringComparison.Ordinal) || char.IsControl(letter));
            Assert.False(name[0] is '.' or ' ');
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 5, FileNameTemplate.MostBytes);
            Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        }
    }

    private static string Render(string? template, SeedanceJob job) =>
        FileNameTemplate.Parse(template).Render(job, new JobOutput(), 1, ".mp4");
}

using Seedance.Saving;

namespace Seedance.Core.Tests.Saving;

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
    };

    [Theory]
    [InlineData(null, "20260301-235959-abc1234.mp4")]
    [InlineData(" ", "20260301-235959-abc1234.mp4")]
    [InlineData("{id}.mp4", "20260301-235959-abc1234.mp4")]
    [InlineData("{provider}-{model}-{seed}", "Muapi-seedance-2.1-42.mp4")]
    [InlineData("{date}_{time}_{index}_{kind}", "20260301_235959_1_video.mp4")]
    [InlineData("{ID} {Prompt}", "20260301-235959-abc1234 A red fox in the snow.mp4")]
    [InlineData("{providerid}", "a_b_c.mp4")]
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
    public void Parse_UnknownToken_NamesTheKnownOnes(string template)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => FileNameTemplate.Parse(template));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("{id} {providerid} {provider} {model} {date} {time} {seed} {index} {kind} {prompt}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LongPrompt_KeepsFortyCharacters() =>
        Assert.Equal(new string('x', 40) + "-42.mp4", Render("{prompt}-{seed}", s_job with { Prompt = new string('x', 500) }));

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

        Assert.EndsWith("长.mp4", name, StringComparison.Ordinal);
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

    private static string Render(string? template, SeedanceJob job) => FileNameTemplate.Parse(template).Render(job, new JobOutput(), 1, ".mp4");
}

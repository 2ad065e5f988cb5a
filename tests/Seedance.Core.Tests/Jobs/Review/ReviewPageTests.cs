using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Catalogue;
using Seedance.Jobs.Review;

namespace Seedance.Core.Tests.Jobs.Review;

public sealed class ReviewPageTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 25, 20, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_foreign = ["http:", "https:", "=\"//", "@import", "url(", "<link rel=\"stylesheet"];
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-review-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!-- <script> --> <img src=x onerror=alert(1)>")]
    [InlineData("{{style}} {{script}} {{policy}} {{data}}")]
    [InlineData("\u2028 \u202E right to left \uFFFE \uD83D half")]
    public void ForFolder_HostilePrompt_IsDataAndNeverMarkup(string prompt)
    {
        string page = Page([Job(0) with { Prompt = prompt, Tag = prompt, Error = new JobError { Code = "JobFailed", Message = prompt } }]);

        string data = DataOf(page);
        Assert.DoesNotContain('<', data);
        Assert.Equal(prompt.Replace('\uD83D', '\uFFFD'), JsonDocument.Parse(data).RootElement.GetProperty("prompts")[0].GetString());
        Assert.Equal(3, page.Split("<script").Length);
    }

    [Fact]
    public void ForFolder_AnyPage_LoadsNothingFromElsewhere()
    {
        string page = Page([Job(0)]);
        string rest = page.Replace(DataOf(page), string.Empty, StringComparison.Ordinal);

        Assert.All(s_foreign, mark => Assert.DoesNotContain(mark, WithoutComments(rest), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch("\\son[a-z]+=\"", rest);
        Assert.DoesNotMatch("<[^>]+\\sstyle=", rest);
    }

    [Fact]
    public void ForFolder_AnyPage_HasAPolicyOfItsOwnHashes()
    {
        string page = Page([Job(0)]);
        string policy = Between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");

        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-" + Hash(Between(page, "<script>", "</script>")) + "';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'sha256-" + Hash(Between(page, "<style>", "</style>")) + "';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void ForFolder_FiveHundredLongPrompts_StaysUnderAMegabyte()
    {
        SeedanceJob[] jobs =
            [.. Enumerable.Range(0, 500)
            .Select(i =>
            Job(i) with { Prompt = new string('x', 800) + i.ToString(CultureInfo.InvariantCulture),
            Tag = "shot-" + (i / 4).ToString(CultureInfo.InvariantCulture), Take = (i % 4) + 1 })];

        byte[] page = new ReviewPage([.. jobs.Select(job => ReviewClip.Of(job, null))]).ForFolder(_folder, "review.html", s_now);

        Assert.InRange(page.Length, 400_000, 1_000_000);
    }

    [Fact]
    public void ForFolder_SavedAndFailedAndLostJobs_TellsThemApart()
    {
        string file = Path.Combine(_folder, "a #1 100% ü.mp4");
        File.WriteAllText(file, "film");
        SeedanceJob saved = Job(0) with { Outputs = [new JobOutput { Path = file, DurationSeconds = 4.04 }], Rating = 4, Take = 2,
            DerivedFrom = "20261101-000000-0000000", ActualCost = new SeedanceCost { Amount = 0.32m, Unit = "USD" } };
        SeedanceJob gone = Job(1) with { Outputs = [new JobOutput { Path = file + ".gone.mp4" }] };
        SeedanceJob failed = Job(2) with { State = JobStatus.Failed,
            Error = new JobError { Code = "ContentRejected", Message = "no cats" } };

        JsonElement[] clips =
            [.. JsonDocument.Parse(DataOf(Page([saved, gone, failed]))).RootElement.GetProperty("clips").EnumerateArray()];

        Assert.Equal("a%20%231%20100%25%20%C3%BC.mp4", clips[0].GetProperty("file").GetString());
        Assert.Equal(4, clips[0].GetProperty("seconds").GetDouble());
        Assert.Equal(4, clips[0].GetProperty("rating").GetInt32());
        Assert.Equal(0.32m, clips[0].GetProperty("cost").GetProperty("amount").GetDecimal());
        Assert.Equal("20261101-000000-0000000", clips[0].GetProperty("from").GetString());
        Assert.False(clips[1].TryGetProperty("file", out _));
        Assert.Equal("ContentRejected: no cats", clips[2].GetProperty("error").GetString());
    }

    [Fact]
    public void MayWrite_PageOfOurs_IsReplacedAndNothingElse()
    {
        string path = Path.Combine(_folder, "review.html");
        Assert.True(ReviewPage.MayWrite(path));
        File.WriteAllBytes(path, new ReviewPage([]).ForFolder(_folder, "review.html", s_now));
        Assert.True(ReviewPage.MayWrite(path));
        File.WriteAllText(path, "<html>mine</html>");
        Assert.False(ReviewPage.MayWrite(path));
        Assert.False(ReviewPage.MayWrite(_folder));
    }

    [Theory]
    [InlineData("a.mp4", "a.mp4")]
    [InlineData("sub/a b.mp4", "sub/a%20b.mp4")]
    [InlineData("../other/a?.mp4", "../other/a%3F.mp4")]
    public void Of_FileNearThePage_IsRelative(string file, string expected)
    {
        string folder = Path.Combine(_folder, "page");

        Assert.Equal(expected, RelativeAddress.Of(Path.Combine(folder, file), folder));
    }

    [Fact]
    public void Of_Draft_IsPricedAtTheBestResolution()
    {
        SeedanceJob draft = Job(0) with { Provider = "Muapi", Model = "seedance-2-mini",
            Request = new VideoRequest { Prompt = "x", Model = "seedance-2-mini", Resolution = "480p", DurationSeconds = 4 } };

        FinalPrice? final = FinalPrice.Of(draft, ModelCatalogue.BuiltIn);

        Assert.NotNull(final);
        Assert.Equal("720p", final.Resolution);
        Assert.True(final.Cost.Amount > 0.32m);
        // What was asked before a draft made less of it.
        Assert.Equal(final.Cost.Amount * 2,
            FinalPrice.Of(
            draft with { Asked = draft.Request! with { Resolution = null, DurationSeconds = 8 } }, ModelCatalogue.BuiltIn)?.Cost.Amount);
        Assert.Null(FinalPrice.Of(
            draft with { Model = "no-such", Request = draft.Request! with { Model = "no-such" } }, ModelCatalogue.BuiltIn));
        Assert.Null(FinalPrice.Of(draft with { Request = null }, ModelCatalogue.BuiltIn));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(":0", null, "xdg-open")]
    [InlineData(":0", "firefox:lynx", "firefox")]
    [InlineData(null, "firefox", "firefox")]
    public void Open_Linux_OpensOnlyWhereThereIsAScreen(string? display, string? browser, string? expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The other systems have one way to open an address.");
        List<string> started = [];
        Dictionary<string, string?> variables = new() { ["DISPLAY"] = display, ["BROWSER"] = browser };

        bool opened = new Browser(variables.GetValueOrDefault, (program, _) =>
        {
            started.Add(program);
            return true;
        }).Open("file:///tmp/review.html");

        Assert.Equal(expected is not null, opened);
        Assert.Equal(expected, started.SingleOrDefault());
    }

    private static SeedanceJob Job(int number) => new()
    {
        Id = "20261125-190000-" + number.ToString("x7", CultureInfo.InvariantCulture),
        Provider = "Muapi",
        Model = "seedance-2-mini",
        Prompt = "A fox",
        State = JobStatus.Succeeded,
        CreatedAt = s_now,
    };

    private string Page(IEnumerable<SeedanceJob> jobs) =>
        Encoding.UTF8.GetString(new ReviewPage([.. jobs.Select(job => ReviewClip.Of(job, null))]).ForFolder(_folder, "review.html", s_now));

    private static string DataOf(string page) => Between(page, "<script type=\"application/json\" id=\"data\">", "</script>");

    private static string Between(string text, string begin, string end)
    {
        int at = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[at..text.IndexOf(end, at, StringComparison.Ordinal)];
    }

    private static string WithoutComments(string page) => string.Join(
        '\n', page.Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            && !line.StartsWith("<meta ", StringComparison.Ordinal)));

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

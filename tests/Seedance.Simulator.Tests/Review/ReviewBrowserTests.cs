namespace Seedance.Simulator.Tests.Review;

/// <summary>The page in a real browser, where there is one.</summary>
public sealed class ReviewBrowserTests
{
    private const string Reason = "There is no Chromium on this machine; the page is tested as text only.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_FiveHundredClips_DrawsWhatIsInViewAndKeepsFewPlayersAlive()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(500);
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 1440, 900, Stop);

        Assert.Equal("500", await browser.RunAsync("return document.querySelectorAll('.card').length", Stop));
        // The posters that are in view.
        await browser.UntilAsync("[...document.querySelectorAll('canvas')].filter((canvas) => canvas.width > 0).length >= 4", Stop);
        Assert.InRange(
            int.Parse(await browser.RunAsync(
            "return document.querySelectorAll('canvas').length - [...document.querySelectorAll('canvas')].filter((canvas) => canvas.width === 0).length", Stop), CultureInfo.InvariantCulture), 4, 60);
        Assert.InRange(
            int.Parse(await browser.RunAsync("return document.querySelectorAll('video').length", Stop), CultureInfo.InvariantCulture),
        0, 8);
    }

    [Fact]
    public async Task File_KeyboardAlone_RatesTicksAndMakesTheCommand()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(6);
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 1280, 900, Stop);

        await browser.PressAsync("ArrowRight", null, Stop); // From nowhere to the first clip.
        await browser.PressAsync("ArrowRight", null, Stop);
        await browser.PressAsync("4", "4", Stop);
        await browser.PressAsync(" ", " ", Stop);

        Assert.Equal(
            "Get-SeedanceJob -Id '" + scene.Jobs[1].Id + "' | New-SeedanceVideo -Final\nSet-SeedanceJob -Id '" + scene.Jobs[1].Id
                + "' -Rating 4",
            await browser.RunAsync("return document.getElementById('line').textContent", Stop));
        Assert.Equal("Finals: about 1.50 USD", await browser.RunAsync("return document.getElementById('price').textContent", Stop));

        await browser.PressAsync("c", "c", Stop);
        await browser.PressAsync("ArrowRight", null, Stop);
        await browser.PressAsync("c", "c", Stop);
        await browser.UntilAsync(
            "document.getElementById('duel').open && [...document.querySelectorAll('#duel video')].every((video) => video.currentTime > 0)", Stop);
        Assert.True(double.Parse(
            await browser.RunAsync(
            "document.getElementById('play').click(); document.getElementById('forth').click(); const [a, b] = document.querySelectorAll('#duel video'); return Math.abs(a.currentTime - b.currentTime)", Stop), CultureInfo.InvariantCulture) < 0.05);
        Assert.Contains("neon dusk",
            await browser.RunAsync("return [...document.querySelectorAll('#duel .words b')].map((word) => word.textContent).join('|')",
            Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Pointer_PlaysSilentlyAndWithSoundAfterAClick()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(4);
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 1280, 900, Stop);

        await browser.PointAsync("document.querySelectorAll('.frame')[1]", clicks: false, Stop);
        await browser.UntilAsync("document.querySelector('.frame.playing video')?.currentTime > 0", Stop);
        Assert.Equal("true", await browser.RunAsync("return document.querySelector('.frame.playing video').muted", Stop));

        await browser.PointAsync("document.querySelectorAll('.frame')[1]", clicks: true, Stop);
        Assert.Equal("false", await browser.RunAsync("return document.querySelector('.frame.playing video').muted", Stop));

        await browser.PointAsync("document.querySelectorAll('.frame')[2]", clicks: false, Stop);
        await browser.UntilAsync("document.querySelectorAll('.frame')[2].classList.contains('playing')", Stop);
        Assert.Equal("1,true",
            await browser.RunAsync("return [document.querySelectorAll('video').length, document.querySelector('video').muted]", Stop));
    }

    [Fact]
    public async Task File_FilterAndSort_ShowWhatIsAskedFor()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(8,
            (i, job) => i == 5
            ? job with { State = JobStatus.Failed, Outputs = [], Error = new JobError { Code = "ContentRejected", Message = "no cats" } }
            : job with { ActualCost = new SeedanceCost { Amount = 1 - (i / 10m), Unit = "USD" } });
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 1280, 900, Stop);
        const string Shown = "return [...document.querySelectorAll('.card')].map((card) => card.dataset.place)";
        const string Set =
            "const set = (id, value) => { document.getElementById(id).value = value; document.getElementById(id).dispatchEvent(new Event('change')); }; ";

        Assert.Equal("5", await browser.RunAsync(Set + "set('show', 'failed'); " + Shown, Stop));
        Assert.Contains("ContentRejected: no cats", await browser.RunAsync("return document.querySelector('.reason').textContent", Stop),
            StringComparison.Ordinal);
        Assert.Equal("7,6,4,3,2,1,0",
            await browser.RunAsync(Set
            + "document.getElementById('group').checked = false; set('show', 'playable'); set('sort', 'cheap'); " + Shown, Stop));
        await browser.RunAsync(Set
            + "set('show', 'all'); set('sort', 'given'); document.getElementById('text').value = 'neon shot-0'; document.getElementById('text').dispatchEvent(new Event('input'))", Stop);
        await browser.UntilAsync("document.querySelectorAll('.card').length === 2", Stop);
        Assert.Equal("1,3", await browser.RunAsync(Shown, Stop));
    }

    [Fact]
    public async Task File_HostilePrompt_RunsNothing()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        const string Prompt = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 2'> {{data}}";
        using ReviewScene scene = new(2, (_, job) => job with { Prompt = Prompt, Tag = Prompt, Model = Prompt });
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 1280, 900, Stop);

        Assert.Equal("undefined", await browser.RunAsync("return typeof window.hit", Stop));
        Assert.Equal("2", await browser.RunAsync("return document.scripts.length", Stop));
        Assert.Contains(
            Prompt, await browser.RunAsync("return document.getElementById('shots').textContent", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NarrowScreen_NeedsNoSidewaysScrolling()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(3, (_, job) => job with { Prompt = new string('x', 300), Tag = new string('y', 120) });
        await using Chromium browser = await Chromium.OpenAsync(scene.WriteFile(), 375, 812, Stop);

        Assert.Equal("375", await browser.RunAsync("return document.documentElement.scrollWidth", Stop));
    }

    [Fact]
    public async Task File_VideoThatWasMoved_SaysSoOnItsCard()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(2);
        string address = scene.WriteFile();
        File.Delete(scene.Jobs[1].Outputs[0].Path!);
        await using Chromium browser = await Chromium.OpenAsync(address, 1280, 900, Stop);

        await browser.UntilAsync("document.querySelectorAll('.card')[1].querySelector('.reason') !== null", Stop);
        Assert.Equal(
            "true", await browser.RunAsync("return document.querySelectorAll('.card')[0].querySelector('.reason') === null", Stop));
    }

    [Fact]
    public async Task Served_RatingAndChoice_ReachTheCommand()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(4);
        await using Chromium browser = await Chromium.OpenAsync(scene.Server.Address.AbsoluteUri, 1280, 900, Stop);

        // Ranges and the policy let the media through.
        await browser.UntilAsync("[...document.querySelectorAll('canvas')].every((canvas) => canvas.width > 0)", Stop);
        await browser.PressAsync("ArrowRight", null, Stop);
        await browser.PressAsync("5", "5", Stop);
        await browser.PressAsync(" ", " ", Stop);
        await browser.RunAsync("document.getElementById('choose').click()", Stop);

        Assert.Equal([scene.Jobs[0].Id], await scene.Choice);
        Assert.Equal([(scene.Jobs[0].Id, 5)], scene.Ratings);
        await browser.UntilAsync("document.body.textContent.includes('1 job is in the pipeline')", Stop);
    }

    [Fact]
    public async Task Served_WindowIsClosed_EndsTheCommandAndKeepsWhatWasTicked()
    {
        Assert.SkipWhen(Chromium.Find() is null, Reason);
        using ReviewScene scene = new(3);
        await using (Chromium browser = await Chromium.OpenAsync(scene.Server.Address.AbsoluteUri, 1280, 900, Stop))
        {
            await browser.PressAsync("ArrowRight", null, Stop);
            await browser.PressAsync(" ", " ", Stop);
            await scene.TickedAsync(1);
            Assert.False(scene.Choice.IsCompleted);
        }

        Assert.Null(await scene.Choice);
        Assert.Equal([scene.Jobs[0].Id], scene.Server.Ticked);
    }
}

using Seedance.Core.Tests.Jobs.Save;
using Seedance.Downloads;

namespace Seedance.Core.Tests.Downloads;

public sealed class ResumeTests : ResumeSuite
{
    [Fact]
    public async Task Resume_ConnectionCut_GoesOnWithRangeAndIfRange()
    {
        Host.NextCut(40_000);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, 40_000], Host.Requests.Select(request => request.From));
        Assert.Equal("\"one\"", Host.Requests[1].IfRange);
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Resume_WallClockJumpsAnHourBetween_GoesOnWithoutWaitingForIt(int hours)
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(503, ("Retry-After", "2")));
        Scene.Time.OnPause = _ =>
        {
            Scene.Time.OnPause = null;
            Scene.Time.SetWallClock(TimeSpan.FromHours(hours));
        };

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(2, Host.Fired);
        Assert.Null(Scene.Time.OnPause);
        Assert.All(Scene.Time.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Resume_BodyEndsEarlyWithoutError_GoesOn()
    {
        Host.Next(request =>
        {
            var answer = Host.Serve(request, out byte[] body);
            answer.Content = MediaHost.Body(answer, new MemoryStream(body[..30_000]));
            return answer;
        });

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(30_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_NewProcess_GoesOnAfterCancel()
    {
        await Scene.CancelAfterAsync(60_000);
        Assert.Equal(60_000, new FileInfo(Scene.Part).Length);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[1].From);
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Fact]
    public async Task Resume_NewProcessWithFreshSignature_GoesOn()
    {
        await Scene.CancelAfterAsync(60_000);
        Scene.Job = Scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn2.example/v/clip.mp4?sig=other") }] };

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartOfAnotherJob_BeginsAnew()
    {
        await Scene.CancelAfterAsync(60_000);
        Host.Content = Movie.Make(90_000, seed: 9); // The same ETag: only the note tells the two apart.
        string other = Scene.Part;
        Scene.Job = Scene.Job with { ProviderJobId = "p-78" };

        SeedanceJob saved = await Scene.SaveAsync();

        Assert.Equal(other, Scene.Part);
        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartWasTamperedWith_BeginsAnew()
    {
        await Scene.CancelAfterAsync(60_000);
        using (FileStream part = File.OpenWrite(Scene.Part))
        {
            part.Position = 5_000;
            part.Write(new byte[4_096]); // What a power cut leaves of bytes that were never flushed.
        }

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"source\":\"x\",\"kept\":\"many\"}")]
    public async Task Resume_NoteIsNoneOfOurs_LeavesThePartAloneAndBeginsAnew(string note)
    {
        await Scene.CancelAfterAsync(60_000);
        File.WriteAllText(Scene.Note, note);

        SeedanceJob saved = await Scene.SaveAsync();

        Assert.Equal(Host.Content, File.ReadAllBytes(saved.Outputs[0].Path!));
        Assert.Null(Host.Requests[1].From);
        Assert.Equal(60_000, new FileInfo(Scene.Part).Length);
        Assert.Equal(note, File.ReadAllText(Scene.Note));
    }

    [Theory]
    [InlineData("{\"source\":\"Muapi/p-77/Video/1\",\"etag\":\"\\\"one\\\"\",\"total\":100000,\"kept\":99999999}")]
    [InlineData("{\"source\":\"Muapi/p-77/Video/1\",\"etag\":\"\\\"one\\\"\",\"total\":100000,\"kept\":-5}")]
    public async Task Resume_NoteIsDamaged_BeginsAnew(string note)
    {
        await Scene.CancelAfterAsync(60_000);
        File.WriteAllText(Scene.Note, note);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartIsCompleteAlready_AsksForNothing()
    {
        await Scene.CancelAfterAsync(Host.Content.Length);

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Single(Host.Requests);
    }

    [Fact]
    public async Task Resume_ProcessKilled_GoesOnFromCheckpoint()
    {
        // Two blocks, with the clock moved on between them: the first is flushed and noted, the rest is not.
        Host.Content = Movie.Make(600_000, seed: 3);
        await Scene.CancelAfterAsync(1);
        using (var part = await PartFile.OpenAsync(Scene.Part, "Muapi/p-77/Video/1", Scene.Time, TestContext.Current.CancellationToken))
        {
            part.Begin(new MediaValidator("\"one\"", null), Host.Content.Length);
            Scene.Time.Pass(TimeSpan.FromSeconds(3));
            part.Write(Host.Content[..200_000], 200_000);
            part.Write(Host.Content[200_000..300_000], 100_000);
        }

        Assert.Equal(300_000, new FileInfo(Scene.Part).Length);
        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(200_000, Host.Requests[1].From);
    }

    // curl/curl#18035: a retry threw the part away.
    [Fact]
    public async Task Resume_ServerErrorBetween_KeepsThePart()
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(503));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, 40_000, 40_000], Host.Requests.Select(request => request.From));
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Fact]
    public async Task Resume_CutAtSeededOffsets_NeverCorruptAndWithoutWaste()
    {
        long whole = 0;
        long sent = 0;
        int cuts = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            using SaveScene scene = new();
            scene.Host.Content = Movie.Make(random.Next(200, 700_000), seed);
            int cut = random.Next(0, scene.Host.Content.Length);
            scene.Host.NextCut(cut);
            bool changes = seed % 4 == 3;
            if (changes)
            {
                scene.Host.Next(_ => Change(scene.Host, seed, random.Next(3)));
            }
            else if (seed % 4 == 2)
            {
                scene.Host.NextCut(random.Next(0, scene.Host.Content.Length - cut)); // Twice.
            }

            SeedanceJob saved = await scene.SaveAsync();

            scene.AssertSaved(saved, scene.Host.Content);
            cuts += scene.Host.Fired;
            if (!changes)
            {
                whole += scene.Host.Content.Length;
                sent += scene.Host.BytesSent;
            }
        }

        Assert.Equal(300, cuts);
        Assert.Equal(whole, sent);
    }

    private static HttpResponseMessage? Change(MediaHost host, int seed, int how)
    {
        int length = how == 0 ? host.Content.Length : 300 + (seed * 7);
        host.Content = Movie.Make(length, seed + 1000);
        host.ETag = how == 2 ? null : "\"changed\"";
        return null;
    }
}

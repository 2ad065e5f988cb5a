using System.Net.Http.Headers;
using Seedance.Core.Tests.Jobs.Save;
using Seedance.Downloads;

namespace Seedance.Core.Tests.Downloads;

public sealed class ResumeTests : IDisposable
{
    private readonly SaveScene _scene = new();

    private MediaHost Host => _scene.Host;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Resume_ConnectionCut_GoesOnWithRangeAndIfRange()
    {
        Host.NextCut(40_000);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
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
        _scene.Time.OnPause = _ =>
        {
            _scene.Time.OnPause = null;
            _scene.Time.SetWallClock(TimeSpan.FromHours(hours));
        };

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(2, Host.Fired);
        Assert.Null(_scene.Time.OnPause);
        Assert.All(_scene.Time.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
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

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(30_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_NewProcess_GoesOnAfterCancel()
    {
        await _scene.CancelAfterAsync(60_000);
        Assert.Equal(60_000, new FileInfo(_scene.Part).Length);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[1].From);
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Fact]
    public async Task Resume_NewProcessWithFreshSignature_GoesOn()
    {
        await _scene.CancelAfterAsync(60_000);
        _scene.Job = _scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn2.example/v/clip.mp4?sig=other") }] };

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartOfAnotherJob_BeginsAnew()
    {
        await _scene.CancelAfterAsync(60_000);
        Host.Content = Movie.Make(90_000, seed: 9); // The same ETag: only the note tells the two apart.
        string other = _scene.Part;
        _scene.Job = _scene.Job with { ProviderJobId = "p-78" };

        SeedanceJob saved = await _scene.SaveAsync();

        Assert.Equal(other, _scene.Part);
        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartWasTamperedWith_BeginsAnew()
    {
        await _scene.CancelAfterAsync(60_000);
        using (FileStream part = File.OpenWrite(_scene.Part))
        {
            part.Position = 5_000;
            part.Write(new byte[4_096]); // What a power cut leaves of bytes that were never flushed.
        }

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"source\":\"x\",\"kept\":\"many\"}")]
    public async Task Resume_NoteIsNoneOfOurs_LeavesThePartAloneAndBeginsAnew(string note)
    {
        await _scene.CancelAfterAsync(60_000);
        File.WriteAllText(_scene.Note, note);

        SeedanceJob saved = await _scene.SaveAsync();

        Assert.Equal(Host.Content, File.ReadAllBytes(saved.Outputs[0].Path!));
        Assert.Null(Host.Requests[1].From);
        Assert.Equal(60_000, new FileInfo(_scene.Part).Length);
        Assert.Equal(note, File.ReadAllText(_scene.Note));
    }

    [Theory]
    [InlineData("{\"source\":\"Muapi/p-77/Video/1\",\"etag\":\"\\\"one\\\"\",\"total\":100000,\"kept\":99999999}")]
    [InlineData("{\"source\":\"Muapi/p-77/Video/1\",\"etag\":\"\\\"one\\\"\",\"total\":100000,\"kept\":-5}")]
    public async Task Resume_NoteIsDamaged_BeginsAnew(string note)
    {
        await _scene.CancelAfterAsync(60_000);
        File.WriteAllText(_scene.Note, note);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_PartIsCompleteAlready_AsksForNothing()
    {
        await _scene.CancelAfterAsync(Host.Content.Length);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Single(Host.Requests);
    }

    [Fact]
    public async Task Resume_ProcessKilled_GoesOnFromCheckpoint()
    {
        // Two blocks, with the clock moved on between them: the first is flushed and noted, the rest is not.
        Host.Content = Movie.Make(600_000, seed: 3);
        await _scene.CancelAfterAsync(1);
        using (var part = await PartFile.OpenAsync(_scene.Part, "Muapi/p-77/Video/1", _scene.Time, TestContext.Current.CancellationToken))
        {
            part.Begin(new MediaValidator("\"one\"", null), Host.Content.Length);
            _scene.Time.Pass(TimeSpan.FromSeconds(3));
            part.Write(Host.Content[..200_000], 200_000);
            part.Write(Host.Content[200_000..300_000], 100_000);
        }

        Assert.Equal(300_000, new FileInfo(_scene.Part).Length);
        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(200_000, Host.Requests[1].From);
    }

    // rust-lang/rustup#4710: a 200 was appended to the part.
    [Fact]
    public async Task Resume_AnswerIs200_BeginsAnewAndNeverAppends()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Host.Answer(200, Host.Content));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(40_000, Host.Requests[1].From);
    }

    // xroche/httrack#428: a 206 may begin earlier than asked.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(39_999)]
    public async Task Resume_206BeginsEarlier_DropsTheOverlap(int start)
    {
        Host.NextCut(40_000);
        Host.Next(_ => Piece(start, Host.Content.Length - 1, Host.Content.Length));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(2, Host.Requests.Count);
    }

    [Fact]
    public async Task Resume_206BeginsLater_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Piece(40_001, Host.Content.Length - 1, Host.Content.Length));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, 40_000, null], Host.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Resume_206EndsEarly_AsksForTheRest()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Piece(40_000, 59_999, Host.Content.Length));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[2].From);
    }

    [Fact]
    public async Task Resume_206WithoutContentRange_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Host.Answer(206, Host.Content[40_000..]));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[2].From);
    }

    // curl/curl#6740: a 416 on a complete part is no failure. The total is unknown here, else nobody would have asked.
    [Fact]
    public async Task Resume_416AndSizeFits_IsComplete()
    {
        Host.Next(request =>
        {
            var answer = Host.Serve(request, out byte[] body);
            answer.Content.Headers.ContentLength = null;
            answer.Content = MediaHost.Body(answer, new ThrowAtEnd(body));
            return answer;
        });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, Host.Content.Length], Host.Requests.Select(request => request.From));
    }

    // PowerShell/PowerShell#27529: a 416 without Content-Range was a NullReferenceException.
    [Fact]
    public async Task Resume_416WithoutContentRange_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(416));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[2].From);
    }

    [Fact]
    public async Task Resume_416AndOtherSize_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => With416([], 20_000));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[2].From);
    }

    // curl/curl#18035: a retry threw the part away.
    [Fact]
    public async Task Resume_ServerErrorBetween_KeepsThePart()
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(503));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, 40_000, 40_000], Host.Requests.Select(request => request.From));
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Fact]
    public async Task Resume_ObjectChanged_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(100_000, seed: 2);
            Host.ETag = "\"two\"";
            return null;
        });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Movie.Make(100_000, seed: 2));
    }

    [Theory]
    [InlineData("\"two\"")]
    [InlineData("W/\"one\"")]
    [InlineData(null)]
    public async Task Resume_ObjectChangedAndIfRangeIgnored_BeginsAnew(string? tag)
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(100_000, seed: 2);
            Host.ETag = tag;
            return Piece(40_000, 99_999, 100_000);
        });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Movie.Make(100_000, seed: 2));
    }

    [Fact]
    public async Task Resume_TotalChangedUnderTheSameTag_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ =>
        {
            Host.Content = Movie.Make(110_000, seed: 2);
            return null;
        });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Movie.Make(110_000, seed: 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    [InlineData("unquoted")]
    public async Task Resume_NoStrongTag_BeginsAnew(string? tag)
    {
        Host.ETag = tag;
        Host.NextCut(40_000);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, null], Host.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData(3_600, true)]
    [InlineData(10, false)] // May have changed again within the clock's tick.
    public async Task Resume_OnlyLastModified_GoesOnWhenItIsOld(int age, bool resumes)
    {
        Host.ETag = null;
        Host.LastModified = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(-age);
        Host.NextCut(40_000);

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(resumes ? 40_000 : null, Host.Requests[1].From);
    }

    [Fact]
    public async Task Resume_BodyIsLongerThanAnnounced_BeginsAnew()
    {
        Host.Next(request =>
        {
            var answer = Host.Serve(request, out byte[] body);
            answer.Content = MediaHost.Body(answer, new MemoryStream([.. body, 1, 2, 3]));
            return answer;
        });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
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

    private HttpResponseMessage Piece(int from, int to, int total)
    {
        var answer = Host.Answer(206, Host.Content[from..(to + 1)]);
        answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to, total);
        return answer;
    }

    private HttpResponseMessage With416(byte[] none, int total)
    {
        var answer = Host.Answer(416, none);
        answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(total);
        return answer;
    }

    private sealed class ThrowAtEnd(byte[] body) : PassingStream
    {
        private bool _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given)
            {
                throw new IOException("The connection was reset.");
            }

            _given = true;
            body.CopyTo(buffer);
            return new(body.Length);
        }
    }
}

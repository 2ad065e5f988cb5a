
namespace Seedance.Core.Tests.Downloads;

public sealed class RangeAnswerTests : ResumeSuite
{
    // rust-lang/rustup#4710: a 200 was appended to the part.
    [Fact]
    public async Task Resume_AnswerIs200_BeginsAnewAndNeverAppends()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Host.Answer(200, Host.Content));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
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

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(2, Host.Requests.Count);
    }

    [Fact]
    public async Task Resume_206BeginsLater_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Piece(40_001, Host.Content.Length - 1, Host.Content.Length));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, 40_000, null], Host.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Resume_206EndsEarly_AsksForTheRest()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Piece(40_000, 59_999, Host.Content.Length));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal(60_000, Host.Requests[2].From);
    }

    [Fact]
    public async Task Resume_206WithoutContentRange_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => Host.Answer(206, Host.Content[40_000..]));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
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

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Equal([null, Host.Content.Length], Host.Requests.Select(request => request.From));
    }

    // PowerShell/PowerShell#27529: a 416 without Content-Range was a NullReferenceException.
    [Fact]
    public async Task Resume_416WithoutContentRange_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(416));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[2].From);
    }

    [Fact]
    public async Task Resume_416AndOtherSize_BeginsAnew()
    {
        Host.NextCut(40_000);
        Host.Next(_ => With416([], 20_000));

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[2].From);
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

        SeedanceJob saved = await Scene.SaveAsync();

        Scene.AssertSaved(saved, Host.Content);
        Assert.Null(Host.Requests[1].From);
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

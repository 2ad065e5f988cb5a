using System.Net.Sockets;
using Seedance.Core.Tests.Downloads;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>A video is fetched whole over whatever a host and a network do.</summary>
public sealed class SaveOverFaultsTests : IDisposable
{
    private readonly SaveScene _scene = new();

    private MediaHost Host => _scene.Host;

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task RunAsync_AddressLapsed_AsksOnceForAFreshOne(int status)
    {
        Host.Next(_ => MediaHost.Status(status));
        _scene.Refresh = Fresh;

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal("/fresh.mp4", Host.Requests[1].Address.AbsolutePath);
        Assert.Equal(1, _scene.Refreshes);
    }

    [Fact]
    public async Task RunAsync_AddressLapsesHalfway_GoesOnAtTheFreshOne()
    {
        Host.NextCut(40_000);
        Host.Next(_ => MediaHost.Status(403));
        _scene.Refresh = Fresh;

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(40_000, Host.Requests[2].From);
    }

    [Fact]
    public async Task RunAsync_FreshAddressLapsedToo_IsOutputExpired()
    {
        Host.Next(_ => MediaHost.Status(403));
        Host.Next(_ => MediaHost.Status(403));
        _scene.Refresh = Fresh;

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.OutputExpired, error.Code);
        Assert.Equal(403, error.HttpStatus);
        Assert.Equal("Muapi", error.Provider);
        Assert.Equal(_scene.Job.Id, error.Job?.Id);
        Assert.Equal(1, _scene.Refreshes);
        Assert.Equal(0, Host.Unfired);
        Assert.Empty(Directory.GetFiles(_scene.Folder, "*.mp4"));
    }

    [Fact]
    public async Task RunAsync_BusyHost_WaitsAsLongAsItSays()
    {
        Host.Next(_ => MediaHost.Status(429, ("Retry-After", "17")));
        Host.Next(_ => MediaHost.Status(503));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(2)], _scene.Time.Pauses);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task RunAsync_BusyHostThatAsksForNoPause_IsStillLeftAlone(string retryAfter)
    {
        Host.Next(_ => MediaHost.Status(429, ("Retry-After", retryAfter)));
        Host.Next(_ => MediaHost.Status(503, ("Retry-After", retryAfter)));

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _scene.Time.Pauses);
    }

    [Fact]
    public async Task RunAsync_DnsFailsForAMinute_GoesOnWhereItWas()
    {
        DateTimeOffset? gone = null;
        int failed = 0;
        Host.NextCut(40_000);
        for (int i = 0; i < 8; i++)
        {
            Host.Next(_ =>
            {
                DateTimeOffset now = _scene.Time.GetUtcNow();
                gone ??= now;
                failed++;
                return now - gone < TimeSpan.FromMinutes(1)
                    ? throw new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound))
                    : null;
            });
        }

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(8, failed);
        Assert.True(_scene.Time.GetUtcNow() - gone >= TimeSpan.FromMinutes(1));
        Assert.Equal(40_000, Host.Requests[^1].From);
    }

    [Theory]
    [InlineData(500, ErrorCode.ProviderUnavailable)]
    [InlineData(429, ErrorCode.RateLimited)]
    public async Task RunAsync_NoProgressAgainAndAgain_GivesUpAndKeepsThePart(int status, ErrorCode expected)
    {
        Host.NextCut(40_000);
        for (int i = 0; i < 6; i++)
        {
            Host.Next(_ => MediaHost.Status(status));
        }

        SeedanceException error = await _scene.FailAsync();
        Assert.Equal(expected, error.Code);
        Assert.Equal(0, Host.Unfired);
        Assert.Equal(40_000, new FileInfo(_scene.Part).Length);

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
        Assert.Equal(40_000, Host.Requests[^1].From);
    }

    [Fact]
    public async Task RunAsync_ManyCutsWithProgress_DoNotCount()
    {
        for (int i = 0; i < 30; i++)
        {
            Host.NextCut(1_000);
        }

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(Host.Content.Length, Host.BytesSent);
    }

    [Fact]
    public async Task RunAsync_RangelessHostThatAlwaysCuts_GivesUp()
    {
        Host.ETag = null;
        for (int i = 0; i < 7; i++)
        {
            Host.NextCut(50_000); // Ever the same half: bytes, but no progress.
        }

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.ProviderUnavailable, error.Code);
        Assert.Equal(0, Host.Unfired);
    }

    [Fact]
    public async Task RunAsync_HostFallsSilent_AsksAgainAfterAMinute()
    {
        StalledStream stalled = new(Host.Content[..10_000]);
        Host.Next(request =>
        {
            HttpResponseMessage answer = Host.Serve(request, out _);
            answer.Content = MediaHost.Body(answer, stalled);
            return answer;
        });
        Task<SeedanceJob> saving = _scene.SaveAsync();
        await stalled.Stalled;

        _scene.Time.RunOutOfPatience();

        _scene.AssertSaved(await saving, Host.Content);
        Assert.Equal(10_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task RunAsync_StopDuringPause_EndsAndLeavesAPart()
    {
        Host.NextCut(40_000);
        using CancellationTokenSource stop = new();
        _scene.Time.OnPause = _ => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scene.SaveUntilAsync(_scene.Request(), stop.Token));

        _scene.Time.OnPause = null;
        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
        Assert.Equal(40_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task RunAsync_Redirected_FollowsAFew()
    {
        Host.Next(_ => MediaHost.Status(302, ("Location", "https://edge.example/a/clip.mp4?t=1")));
        Host.Next(_ => MediaHost.Status(307, ("Location", "../b/clip.mp4")));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal("https://edge.example/b/clip.mp4", Host.Requests[2].Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://cdn.example/clip.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://cdn.example/clip.mp4")]
    public async Task RunAsync_RedirectedAwayFromHttps_Refuses(string location)
    {
        Host.Next(_ => MediaHost.Status(302, ("Location", location)));

        Assert.Equal(ErrorCode.ProtocolError, (await _scene.FailAsync()).Code);
        Assert.Single(Host.Requests);
    }

    [Fact]
    public async Task RunAsync_RedirectedForEver_Refuses()
    {
        for (int i = 0; i < 6; i++)
        {
            Host.Next(_ => MediaHost.Status(302, ("Location", "https://cdn.example/again.mp4")));
        }

        Assert.Equal(ErrorCode.ProtocolError, (await _scene.FailAsync()).Code);
        Assert.Equal(0, Host.Unfired);
    }

    [Fact]
    public async Task RunAsync_PageInsteadOfVideoOnce_DownloadsAgain()
    {
        Host.Next(_ => Host.Answer(200, "<html>Try later</html>"u8.ToArray()));

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(1, _scene.Refreshes);
    }

    [Fact]
    public async Task RunAsync_PageInsteadOfVideoTwice_IsIntegrityFailedAndLeavesNothing()
    {
        Host.Content = """{"error":"expired"}"""u8.ToArray();

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.IntegrityFailed, error.Code);
        Assert.Contains("JSON", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Host.Requests.Count);
        Assert.Empty(Directory.GetFiles(_scene.Folder));
    }

    private Func<CancellationToken, Task<SeedanceJob?>> Fresh => _ =>
        Task.FromResult<SeedanceJob?>(_scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn.example/fresh.mp4") }] });
}

using System.IO.Compression;
using Seedance.Core.Tests.Downloads;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>What was paid for is saved as what it is, whatever the host's labels and the address say.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly SaveScene _scene = new();

    private MediaHost Host => _scene.Host;

    private string[] Warnings => [.. _scene.Output.Warnings];

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ZerosAfterTheLastBox_AreKeptAndTold(bool force)
    {
        Host.Content = [.. Movie.Make(50_000, seed: 3), 0, 0, 0, 0];

        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { Force = force });

        _scene.AssertSaved(saved, Host.Content);
        Assert.Contains("4 bytes after the end", Assert.Single(Warnings), StringComparison.Ordinal);
        Assert.Single(Host.Requests);
    }

    [Theory]
    [InlineData("webm", ".webm")]
    [InlineData("matroska", ".mkv")]
    public async Task RunAsync_OtherFilmAtAnMp4Address_IsNamedAsWhatItIs(string type, string extension)
    {
        Host.Content = Movie.Matroska(type, 1, 2);

        SeedanceJob saved = await _scene.SaveAsync();

        Assert.Equal(Path.ChangeExtension(_scene.Target, extension), saved.Outputs[0].Path);
        Assert.Equal(Host.Content, File.ReadAllBytes(saved.Outputs[0].Path!));
        Assert.Empty(Warnings);
        Assert.Equal(2, Directory.GetFiles(_scene.Folder).Length);

        _scene.Job = saved;
        Assert.Equal(saved.Outputs[0].Path, (await _scene.SaveAsync()).Outputs[0].Path);
        Assert.Single(Host.Requests); // The second save finds it.
    }

    [Fact]
    public async Task RunAsync_QuickTimeAtAnMp4Address_IsNamedMov()
    {
        Host.Content = [
            .. Movie.Box("ftyp", "qt  \0\0\0\0qt  "u8.ToArray()), .. Movie.Box("moov", new byte[8]), .. Movie.Box("mdat", new byte[40])];

        Assert.Equal(Path.ChangeExtension(_scene.Target, ".mov"), (await _scene.SaveAsync()).Outputs[0].Path);
    }

    [Fact]
    public async Task RunAsync_CutWebM_IsNoWholeFile()
    {
        Host.Content = Movie.Matroska("webm", 1)[..^5];

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.IntegrityFailed, error.Code);
        Assert.Contains("-Force", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_scene.Folder));
    }

    [Fact]
    public async Task RunAsync_ForceAndAFileThatIsNotWhole_SavesItWithAWarning()
    {
        Host.Content = Movie.Make(50_000, seed: 3)[..^100];

        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { Force = true });

        _scene.AssertSaved(saved, Host.Content);
        Assert.Contains("goes beyond the end of the file", Assert.Single(Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Host.Requests.Count); // Not before the host was asked for a better one.
    }

    [Theory]
    [InlineData("<html>Gone</html>")]
    [InlineData("{\"error\":\"expired\"}")]
    [InlineData("")]
    public async Task RunAsync_ForceAndARefusal_SavesNothing(string text)
    {
        Host.Content = Encoding.UTF8.GetBytes(text);

        SeedanceException error = await _scene.FailAsync(_scene.Request() with { Force = true });

        Assert.Equal(ErrorCode.IntegrityFailed, error.Code);
        Assert.DoesNotContain("-Force", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_scene.Folder));
    }

    [Fact]
    public async Task RunAsync_SoundAlone_IsNoVideo()
    {
        Host.Content = [
            .. Movie.Box("ftyp", "M4A \0\0\0\0M4A "u8.ToArray()), .. Movie.Box("moov", new byte[8]), .. Movie.Box("mdat", new byte[40])];

        Assert.Contains("audio in an MP4 and no video", (await _scene.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("aws-chunked")]
    [InlineData("binary")]
    [InlineData("br")]
    public async Task RunAsync_LabelThatIsNotTrue_IsNotBelieved(string label)
    {
        Host.Next(request => Labelled(Host.Serve(request, out _), label));

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
    }

    [Fact]
    public async Task RunAsync_LabelOnARange_IsNotBelievedEither()
    {
        Host.Next(request =>
        {
            HttpResponseMessage answer = Labelled(Host.Serve(request, out byte[] body), "gzip");
            answer.Content = MediaHost.Body(answer, new MemoryStream(body[..40_000]));
            return answer;
        });
        Host.Next(request => Labelled(Host.Serve(request, out _), "gzip"));

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
        Assert.Equal(40_000, Host.Requests[1].From);
    }

    [Fact]
    public async Task RunAsync_ZippedAlthoughNobodyAsked_IsUnzipped()
    {
        using MemoryStream zipped = new();
        using (GZipStream zip = new(zipped, CompressionMode.Compress, leaveOpen: true))
        {
            zip.Write(Host.Content);
        }

        Host.Next(_ => Labelled(Host.Answer(200, zipped.ToArray()), "gzip"));

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Sun, 01 Mar 2026 11:58:30 GMT")] // Ninety seconds before the host's own clock.
    public async Task RunAsync_RetryAfterThatIsNoPause_DoesNotHammer(string value)
    {
        for (int i = 0; i < 6; i++)
        {
            Host.Next(_ =>
            {
                HttpResponseMessage answer = MediaHost.Status(503, ("Retry-After", value));
                answer.Headers.Date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
                return answer;
            });
        }

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.ProviderUnavailable, error.Code);
        Assert.Equal(30, _scene.Time.Pauses.Sum(pause => pause.TotalSeconds));
        Assert.Equal(0, Host.Unfired);
    }

    [Fact]
    public async Task RunAsync_RetryAfterOfASkewedClock_IsMeasuredByTheAnswersDate()
    {
        Host.Next(_ =>
        {
            HttpResponseMessage answer = MediaHost.Status(503, ("Retry-After", "Sun, 01 Mar 2020 12:00:20 GMT"));
            answer.Headers.Date = new DateTimeOffset(2020, 3, 1, 12, 0, 0, TimeSpan.Zero);
            return answer;
        });

        await _scene.SaveAsync();

        Assert.Equal([TimeSpan.FromSeconds(20)], _scene.Time.Pauses);
    }

    private static HttpResponseMessage Labelled(HttpResponseMessage answer, string label)
    {
        answer.Content.Headers.ContentEncoding.Clear();
        answer.Content.Headers.ContentEncoding.Add(label);
        return answer;
    }
}

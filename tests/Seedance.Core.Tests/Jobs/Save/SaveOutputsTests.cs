using System.Net.Sockets;
using System.Text.Json;
using Seedance.Core.Tests.Downloads;
using Seedance.Downloads;
using Seedance.Jobs.Save;

namespace Seedance.Core.Tests.Jobs.Save;

public sealed class SaveOutputsTests : IDisposable
{
    private readonly SaveScene _scene = new();

    private MediaHost Host => _scene.Host;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_WholeVideo_SavesItWithSidecarAndNothingElse()
    {
        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal([_scene.Target, _scene.Target + ".json"], Directory.GetFiles(_scene.Folder).Order());
    }

    [Fact]
    public async Task RunAsync_AnyRequest_CarriesNoKeyAndAsksForIdentity()
    {
        Host.NextCut(500);
        Host.Next(_ => MediaHost.Status(302, ("Location", "https://other.example/x.mp4")));

        await _scene.SaveAsync();

        Assert.Equal(3, Host.Requests.Count);
        Assert.All(Host.Requests, request =>
        {
            Assert.DoesNotContain("Authorization", request.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(SaveScene.CanaryKey, request.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("api-key", request.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Accept-Encoding: identity", request.Headers, StringComparison.Ordinal);
            Assert.Contains("User-Agent: Seedance.PowerShell/", request.Headers, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task RunAsync_AnySave_ShowsNoSignature()
    {
        Host.NextCut(500);

        SeedanceJob saved = await _scene.SaveAsync();

        Assert.DoesNotContain(SaveScene.CanaryKey, string.Join('\n', _scene.Output.Records.Select(record => record.Item.ToString())), StringComparison.Ordinal);
        Assert.DoesNotContain(SaveScene.CanaryKey, File.ReadAllText(saved.Outputs[0].Path + ".json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ProviderWantsAnotherUserAgent_SendsIt()
    {
        await _scene.SaveAsync(_scene.Request() with { MediaUserAgent = "Mozilla/5.0 (X11; Linux x86_64)" });

        Assert.Contains("User-Agent: Mozilla/5.0 (X11; Linux x86_64)", Host.Requests[0].Headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Seedance", Host.Requests[0].Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task RunAsync_AddressLapsed_AsksOnceForAFreshOne(int status)
    {
        Host.Next(_ => MediaHost.Status(status));
        _scene.Refresh = _ => Task.FromResult<SeedanceJob?>(_scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn.example/fresh.mp4") }] });

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
        _scene.Refresh = _ => Task.FromResult<SeedanceJob?>(_scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn.example/fresh.mp4") }] });

        SeedanceJob saved = await _scene.SaveAsync();

        _scene.AssertSaved(saved, Host.Content);
        Assert.Equal(40_000, Host.Requests[2].From);
    }

    [Fact]
    public async Task RunAsync_FreshAddressLapsedToo_IsOutputExpired()
    {
        Host.Next(_ => MediaHost.Status(403));
        Host.Next(_ => MediaHost.Status(403));
        _scene.Refresh = _ => Task.FromResult<SeedanceJob?>(_scene.Job with { Outputs = [new JobOutput { Url = new Uri("https://cdn.example/fresh.mp4") }] });

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
                return now - gone < TimeSpan.FromMinutes(1) ? throw new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound)) : null;
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

    [Fact]
    public async Task RunAsync_SavedBefore_IsRecognisedWithoutARequest()
    {
        await _scene.SaveAsync();

        SeedanceJob again = await _scene.SaveAsync();

        _scene.AssertSaved(again, Host.Content);
        Assert.Single(Host.Requests);
    }

    [Fact]
    public async Task RunAsync_SavedBeforeWithoutSidecar_IsRecognisedByTheJobsHash()
    {
        _scene.Job = await _scene.SaveAsync(_scene.Request() with { Sidecar = false });
        Assert.False(File.Exists(_scene.Target + ".json"));

        await _scene.SaveAsync();

        Assert.Single(Host.Requests);
        Assert.True(File.Exists(_scene.Target + ".json"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // The sidecar is this job's, the video is no longer what it was.
    public async Task RunAsync_AnotherFileIsThere_IsFileExistsUnlessForced(bool savedBefore)
    {
        if (savedBefore)
        {
            await _scene.SaveAsync();
        }

        File.WriteAllText(_scene.Target, "mine");

        Assert.Equal(ErrorCode.FileExists, (await _scene.FailAsync()).Code);
        Assert.Equal("mine", File.ReadAllText(_scene.Target));

        _scene.AssertSaved(await _scene.SaveAsync(_scene.Request() with { Force = true }), Host.Content);
    }

    [Fact]
    public async Task RunAsync_FileAppearsMeanwhile_IsNotOverwritten()
    {
        Host.Next(_ =>
        {
            File.WriteAllText(_scene.Target, "mine");
            return null;
        });

        Assert.Equal(ErrorCode.FileExists, (await _scene.FailAsync()).Code);
        Assert.Equal("mine", File.ReadAllText(_scene.Target));
    }

    [Fact]
    public async Task RunAsync_ForeignFileInTheSidecarsPlace_IsKeptWithAWarning()
    {
        File.WriteAllText(_scene.Target + ".json", "[1]");

        await _scene.SaveAsync();

        Assert.Equal("[1]", File.ReadAllText(_scene.Target + ".json"));
        Assert.Single(_scene.Output.Warnings);
    }

    [Fact]
    public async Task RunAsync_AnotherProcessSavesIt_WaitsAndRecognisesItsFile()
    {
        PartFile other = await PartFile.OpenAsync(_scene.Part, "Muapi/p-77/Video/1", _scene.Time, TestContext.Current.CancellationToken);
        _scene.Time.OnPause = _ =>
        {
            if (other is not null)
            {
                File.WriteAllBytes(_scene.Target, Host.Content);
                Sidecar.Write(_scene.Target, _scene.Job with { Outputs = [new JobOutput { Path = _scene.Target, Sha256 = SaveScene.Sha256(Host.Content) }] }, _scene.Time.GetUtcNow());
                other.Discard();
                other.Dispose();
                other = null!;
            }
        };

        _scene.AssertSaved(await _scene.SaveAsync(), Host.Content);
        Assert.Empty(Host.Requests);
        Assert.Null(other);
    }

    [Fact]
    public async Task RunAsync_AnotherProcessKeepsSavingIt_FailsClearly()
    {
        using PartFile other = await PartFile.OpenAsync(_scene.Part, "Muapi/p-77/Video/1", _scene.Time, TestContext.Current.CancellationToken);

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(ErrorCode.SaveFailed, error.Code);
        Assert.Contains("Another process", error.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Requests);
    }

    [Theory]
    [InlineData(28)] // ENOSPC.
    [InlineData(122)] // EDQUOT.
    [InlineData(unchecked((int)0x80070070))] // ERROR_DISK_FULL.
    public void Describe_DiskIsFull_SaysSo(int number)
    {
        SeedanceException error = DiskFault.Describe(_scene.Part, new IOException("no room", number));

        Assert.Equal(ErrorCode.SaveFailed, error.Code);
        Assert.StartsWith("The disk is full: " + _scene.Part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DestinationIsAFile_IsSaveFailed()
    {
        string file = Path.Combine(_scene.Folder, "file");
        File.WriteAllText(file, string.Empty);

        SeedanceException error = await _scene.FailAsync(_scene.Request() with { Destination = Path.Combine(file, "below") });

        Assert.Equal(ErrorCode.SaveFailed, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FolderHasTheName_IsSaveFailed()
    {
        Directory.CreateDirectory(_scene.Target);

        Assert.Equal(ErrorCode.SaveFailed, (await _scene.FailAsync(_scene.Request() with { Force = true })).Code);
    }

    [Theory]
    [InlineData(JobStatus.Queued, ErrorCode.InvalidRequest, "Wait-SeedanceJob")]
    [InlineData(JobStatus.Running, ErrorCode.InvalidRequest, "Wait-SeedanceJob")]
    [InlineData(JobStatus.Unconfirmed, ErrorCode.InvalidRequest, "Resolve-SeedanceJob")]
    [InlineData(JobStatus.Failed, ErrorCode.JobFailed, "nothing to save")]
    [InlineData(JobStatus.Cancelled, ErrorCode.JobCancelled, "nothing to save")]
    [InlineData(JobStatus.Expired, ErrorCode.JobExpired, "nothing to save")]
    public async Task RunAsync_JobHasNoVideo_SaysWhatToDo(JobStatus status, ErrorCode expected, string words)
    {
        _scene.Job = _scene.Job with { State = status };

        SeedanceException error = await _scene.FailAsync();

        Assert.Equal(expected, error.Code);
        Assert.Contains(words, error.Message + " " + error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(error.RecommendedAction!, error.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Requests);
    }

    [Fact]
    public async Task RunAsync_NoOutputs_IsOutputMissingAfterOneQuestion()
    {
        _scene.Job = _scene.Job with { Outputs = [] };

        Assert.Equal(ErrorCode.OutputMissing, (await _scene.FailAsync()).Code);
        Assert.Equal(1, _scene.Refreshes);
    }

    [Fact]
    public async Task RunAsync_AllOutputs_SavesTheLastFrameToo()
    {
        byte[] movie = Host.Content;
        _scene.Job = _scene.Job with
        {
            Outputs = [.. _scene.Job.Outputs, new JobOutput { Kind = "LastFrame", Url = new Uri("https://cdn.example/frame") }, new JobOutput { Kind = "Other", Url = new Uri("https://cdn.example/more.mp4") }],
        };
        Host.Next(_ => null);
        Host.Next(_ => Host.Answer(200, Movie.Jpeg()));

        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { AllOutputs = true });

        Assert.Equal(
            [_scene.Job.Id + ".mp4", _scene.Job.Id + ".jpg", _scene.Job.Id + "-3.mp4"], saved.Outputs.Select(output => Path.GetFileName(output.Path)));
        Assert.Equal(movie, File.ReadAllBytes(_scene.Target));
    }

    [Fact]
    public async Task RunAsync_AnySave_ShowsProgressAndCompletesIt()
    {
        Host.Content = Movie.Make(2_000_000, seed: 5);
        Host.Wrap = bytes => new TickingStream(bytes, _scene.Time);

        await _scene.SaveAsync();

        OperationProgress[] shown = [.. _scene.Output.Of("progress").Cast<OperationProgress>()];
        Assert.True(shown[^1].Completed);
        Assert.Single(shown, progress => progress.Completed);
        double seconds = (_scene.Time.GetUtcNow() - new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)).TotalSeconds;
        Assert.InRange(shown.Length, 3, (seconds / 0.2) + 2); // Also the first and the last.
        Assert.Contains(shown, progress => progress is { Percent: > 0 and < 100, SecondsRemaining: > 0 } && progress.Status.Contains("MiB/s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Failure_CompletesProgress()
    {
        Host.Content = [1, 2, 3];

        await _scene.FailAsync();

        Assert.True(_scene.Output.Of("progress").Cast<OperationProgress>().Last().Completed);
    }

    [Fact]
    public async Task RunAsync_Saved_SidecarTellsTheStory()
    {
        _scene.Job = _scene.Job with
        {
            Prompt = "一只狐狸 \U0001F98A",
            IsSimulated = true,
            EstimatedCost = new SeedanceCost { Amount = 0.25m, Unit = "USD", IsEstimate = true, Source = "price list 2026-02" },
            Request = _scene.Job.Request! with { Image = "https://files.example/a.png?token=" + SaveScene.CanaryKey, ReferenceImages = ["data:image/png;base64," + new string('A', 5_000)] },
        };

        SeedanceJob saved = await _scene.SaveAsync();

        string text = File.ReadAllText(_scene.Target + ".json");
        JsonElement root = JsonDocument.Parse(text).RootElement;
        Assert.Equal(saved.Id, root.GetProperty("jobId").GetString());
        Assert.Equal("p-77", root.GetProperty("providerJobId").GetString());
        Assert.Equal("https://api.example/v1", root.GetProperty("endpoint").GetString());
        Assert.True(root.GetProperty("isSimulated").GetBoolean());
        Assert.Equal(0.25m, root.GetProperty("estimatedCost").GetProperty("amount").GetDecimal());
        Assert.Equal("https://files.example/a.png", root.GetProperty("request").GetProperty("image").GetString());
        Assert.Equal(SaveScene.Sha256(Host.Content), root.GetProperty("outputs")[0].GetProperty("sha256").GetString());
        Assert.Equal("https://cdn.example/v/clip.mp4", root.GetProperty("outputs")[0].GetProperty("url").GetString());
        Assert.Equal(saved.Prompt, root.GetProperty("prompt").GetString());
        Assert.Contains("一只狐狸", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SaveScene.CanaryKey, text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 500, 3_000);
    }

    private sealed class TickingStream(byte[] bytes, SkippingTimeProvider time) : PassingStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = Math.Min(Math.Min(100_000, buffer.Length), bytes.Length - _at);
            time.Pass(TimeSpan.FromMilliseconds(100));
            bytes.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            return new(count);
        }
    }
}

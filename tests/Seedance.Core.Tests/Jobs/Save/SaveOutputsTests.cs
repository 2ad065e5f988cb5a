using System.Text.Json;
using Seedance.Core.Tests.Downloads;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>What a save asks for, leaves behind and tells.</summary>
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

        Assert.DoesNotContain(SaveScene.CanaryKey, string.Join('\n', _scene.Output.Records.Select(record => record.Item.ToString())),
            StringComparison.Ordinal);
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
            Outputs = [.. _scene.Job.Outputs, new JobOutput { Kind = "LastFrame", Url = new Uri("https://cdn.example/frame") },
                new JobOutput { Kind = "Other", Url = new Uri("https://cdn.example/more.mp4") }],
        };
        Host.Next(_ => null);
        Host.Next(_ => Host.Answer(200, Movie.Jpeg()));

        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { AllOutputs = true });

        Assert.Equal(
            [_scene.Job.Id + ".mp4", _scene.Job.Id + ".jpg", _scene.Job.Id + "-3.mp4"],
            saved.Outputs.Select(output => Path.GetFileName(output.Path)));
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
        Assert.Contains(shown,
            progress => progress is { Percent: > 0 and < 100, SecondsRemaining: > 0 }
            && progress.Status.Contains("MiB/s", StringComparison.Ordinal));
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
            Request = _scene.Job.Request! with { Image = "https://files.example/a.png?token=" + SaveScene.CanaryKey,
                ReferenceImages = ["data:image/png;base64," + new string('A', 5_000)] },
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

using System.Text.Json;
using Seedance.Core.Tests.Downloads;
using Seedance.Downloads;
using Seedance.Jobs.Save;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>What is on the disk already is recognised, waited for or left alone.</summary>
public sealed class SaveBesideFilesTests : IDisposable
{
    private readonly SaveScene _scene = new();

    private MediaHost Host => _scene.Host;

    public void Dispose() => _scene.Dispose();

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

    [Fact]
    public async Task RunAsync_SavedBefore_SidecarKeepsWhenAndHowItWasChecked()
    {
        await _scene.SaveAsync();
        string before = File.ReadAllText(_scene.Target + ".json");
        _scene.Time.Pass(TimeSpan.FromHours(1));

        await _scene.SaveAsync();

        Assert.Equal(before, File.ReadAllText(_scene.Target + ".json"));
        Assert.Equal("whole", Written().GetProperty("check").GetString());
        Assert.False(Written().TryGetProperty("replaced", out _));
    }

    /// <summary>The hash says that it is the job's file; nobody looked whether it is whole.</summary>
    [Fact]
    public async Task RunAsync_FoundWithoutItsSidecar_ClaimsNeitherSavingNorACheck()
    {
        _scene.Job = await _scene.SaveAsync(_scene.Request() with { Sidecar = false });
        await _scene.SaveAsync();

        JsonElement sidecar = Written();
        Assert.Equal("none", sidecar.GetProperty("check").GetString());
        Assert.True(sidecar.TryGetProperty("foundAt", out _));
        Assert.False(sidecar.TryGetProperty("savedAt", out _));
    }

    [Fact]
    public async Task RunAsync_ForceTakesTheFilesPlace_SidecarSaysSo()
    {
        File.WriteAllText(_scene.Target, "mine");
        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { Force = true });

        Assert.True(Written().GetProperty("replaced").GetBoolean());
        Assert.Equal("whole", Written().GetProperty("check").GetString());
        Assert.True(Sidecar.Refresh(_scene.Target, saved with { Rating = 4 }));
        Assert.True(Written().GetProperty("replaced").GetBoolean());
        Assert.Equal(4, Written().GetProperty("rating").GetInt32());
    }

    [Fact]
    public async Task RunAsync_ForceSavesWhatIsNotWhole_SidecarSaysWhatIsWrong()
    {
        Host.Content = Host.Content[..^100];
        await _scene.SaveAsync(_scene.Request() with { Force = true });

        Assert.Equal("failed", Written().GetProperty("check").GetString());
        Assert.False(string.IsNullOrEmpty(Written().GetProperty("checkProblem").GetString()));
        Assert.False(Written().TryGetProperty("replaced", out _));
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
                Sidecar.Write(_scene.Target,
                    _scene.Job with { Outputs = [new JobOutput { Path = _scene.Target, Sha256 = SaveScene.Sha256(Host.Content) }] },
                new SaveNote { SavedAt = _scene.Time.GetUtcNow() });
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
        using PartFile other = await PartFile.OpenAsync(
            _scene.Part, "Muapi/p-77/Video/1", _scene.Time, TestContext.Current.CancellationToken);

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
        SeedanceException error = DiskErrors.Describe(_scene.Part, new IOException("no room", number));

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

    private JsonElement Written() => JsonDocument.Parse(File.ReadAllBytes(_scene.Target + ".json")).RootElement;
}

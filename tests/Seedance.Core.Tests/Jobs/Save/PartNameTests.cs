using Seedance.Downloads;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>What else has the name of a part is somebody else's.</summary>
public sealed class PartNameTests : IDisposable
{
    private readonly SaveScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AnothersFileHasThePartsName_IsLeftAlone(bool force)
    {
        await File.WriteAllTextAsync(_scene.Part, "mine", TestContext.Current.CancellationToken);

        SeedanceJob saved = await _scene.SaveAsync(_scene.Request() with { Force = force });

        Assert.Equal(_scene.Host.Content, await File.ReadAllBytesAsync(saved.Outputs[0].Path!, TestContext.Current.CancellationToken));
        Assert.Equal("mine", await File.ReadAllTextAsync(_scene.Part, TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFiles(_scene.Folder).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_LinkHasThePartsName_IsNotFollowed(bool leadsSomewhere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs a right of its own on Windows.");
        string other = Path.Combine(Path.GetDirectoryName(_scene.Folder)!, Guid.NewGuid().ToString("N"));
        if (leadsSomewhere)
        {
            await File.WriteAllTextAsync(other, "precious", TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(_scene.Part, other);
        try
        {
            SeedanceJob saved = await _scene.SaveAsync();

            Assert.Equal(_scene.Host.Content, await File.ReadAllBytesAsync(saved.Outputs[0].Path!, TestContext.Current.CancellationToken));
            Assert.Equal(other, new FileInfo(_scene.Part).LinkTarget);
            Assert.Equal(leadsSomewhere ? "precious" : null,
                File.Exists(other) ? await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken) : null);
        }
        finally
        {
            File.Delete(other);
        }
    }

    [Fact]
    public async Task RunAsync_AnothersFileHasTheNotesName_IsLeftAlone()
    {
        await File.WriteAllTextAsync(_scene.Note, "{\"mine\":true}", TestContext.Current.CancellationToken);

        await _scene.SaveAsync();

        Assert.Equal("{\"mine\":true}", await File.ReadAllTextAsync(_scene.Note, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_scene.Part));
    }

    [Fact]
    public async Task RunAsync_CutBesideAnothersPart_GoesOnInItsOwn()
    {
        await File.WriteAllTextAsync(_scene.Part, "mine", TestContext.Current.CancellationToken);
        await _scene.CancelAfterAsync(40_000);

        await _scene.SaveAsync();

        Assert.Equal(40_000, _scene.Host.Requests[^1].From);
        Assert.Equal("mine", await File.ReadAllTextAsync(_scene.Part, TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFiles(_scene.Folder).Length);
    }

    [Fact]
    public async Task OpenAsync_ProcessEndsBeforeTheFirstByte_LeavesAPartThatIsItsOwn()
    {
        (await PartFile.OpenAsync(_scene.Part, "Muapi/p-77/Video/1", _scene.Time, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(_scene.Part, PartName.Choose(_scene.Target));
        _scene.AssertSaved(await _scene.SaveAsync(), _scene.Host.Content);
    }
}

using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Prepare;

public sealed class LocalFilesTests : PrepareSuite, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-prepare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_FramesAndReferences_IsInvalid()
    {
        VideoRequest request = Request() with { Image = "https://media.example/a.png", ReferenceImages = ["https://media.example/b.png"] };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), request));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("exclude each other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TooManyReferences_SaysHowManyTheModelTakes()
    {
        VideoRequest request = Request() with { ReferenceImages = ["https://m.example/1", "https://m.example/2", "https://m.example/3"] };

        SeedanceException error = Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), request));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("3 reference images (the model takes 2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingLocalFile_IsReferenceUnreachable()
    {
        string path = Path.Combine(_folder, "none.png");

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { ReferenceImages = [path] }));

        Assert.Equal(ErrorCode.ReferenceUnreachable, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<html>not a picture</html>", "is no image")]
    public void Run_LocalFileThatIsNoImage_IsReferenceUnreachable(string content, string words)
    {
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllText(path, content);

        SeedanceException error =
            Assert.Throws<SeedanceException>(() => PrepareSubmit.Run(TestServices.Account(), Request() with { ReferenceImages = [path] }));

        Assert.Equal(ErrorCode.ReferenceUnreachable, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LocalFileAtAHostThatTakesNone_IsRefusedBeforeAnythingIsSent()
    {
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllBytes(path, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        IProviderAdapter host = ProviderRegistry.Find("Seedance2Ai")!;

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(host), Request() with { Model = "seedance-2.0", Image = path }));

        Assert.Contains("takes no local files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LocalAudioAtAHostThatTakesLocalImages_SaysWhichFilesItDoesNotTake()
    {
        string path = Path.Combine(_folder, "a.mp3");
        File.WriteAllBytes(path, [0x49, 0x44, 0x33, 0, 0, 0, 0, 0]);
        IProviderAdapter host = ProviderRegistry.Find("Apiyi")!;

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(host), Request() with { Model = "seedance-2.5", ReferenceAudios = [path] }));

        Assert.Contains("takes no local audio files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhatOnlyTheAdapterRefuses_IsRefusedBeforeAnUpload()
    {
        VideoRequest request = Request() with { Model = "task-model-of-theirs", Seed = 7 };

        SeedanceException error = Assert.Throws<SeedanceException>(
            () => PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("Seedance2Ai")), request));

        Assert.Equal(ErrorCode.UnsupportedByModel, error.Code);
        Assert.Contains("eed", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The sheets: 2.0 needs an image or a video at ByteDance (section 3), Atlas Cloud (3) and, for 2.5, Fal; 2.5 does not at ByteDance and
    /// Atlas Cloud.
    /// </summary>
    [Theory]
    [InlineData("BytePlus", "seedance-2.0", true)]
    [InlineData("Volcengine", "seedance-2.0-fast", true)]
    [InlineData("Apiyi", "seedance-2-mini", true)]
    [InlineData("AtlasCloud", "seedance-2.0", true)]
    [InlineData("Fal", "seedance-2.5", true)]
    [InlineData("BytePlus", "seedance-2.5", false)]
    [InlineData("Volcengine", "seedance-2.5", false)]
    [InlineData("Apiyi", "seedance-2.5", false)]
    [InlineData("AtlasCloud", "seedance-2.5", false)]
    public void Run_ReferenceAudioAlone_IsRefusedWhereTheModelNeedsAPicture(string provider, string name, bool refused)
    {
        Account account = TestServices.Account(ProviderRegistry.Find(provider));
        VideoRequest sound = Request() with { Model = name, ReferenceAudios = ["https://m.example/a.mp3"] };

        SeedanceException? error = (SeedanceException?)Record.Exception(() => PrepareSubmit.Run(account, sound));

        Assert.Equal(refused ? ErrorCode.UnsupportedByModel : null, error?.Code);
        Assert.Equal(refused, error?.Message.Contains("reference audio alone; the model needs", StringComparison.Ordinal) == true);
        PrepareSubmit.Run(account, sound with { ReferenceImages = ["https://m.example/a.png"] });
    }
}

using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class VideoInputTests
{
    [Fact]
    public void ToRequest_BlankCells_AreNotGiven()
    {
        VideoRequest request = new VideoInput { Prompt = "a fox", Model = "", Image = " ", Resolution = "", AspectRatio = "", Upscale = "",
            ReferenceImages = [""] }.ToRequest(path => path);

        Assert.Equal("a fox", request.Prompt);
        Assert.Null(request.Model);
        Assert.Null(request.Image);
        Assert.Null(request.Resolution);
        Assert.Null(request.AspectRatio);
        Assert.Null(request.Upscale);
        Assert.Empty(request.ReferenceImages);
        Assert.Null(request.GenerateAudio);
        Assert.Null(request.CameraFixed);
        Assert.Null(request.HighBitrate);
    }

    [Fact]
    public void ToRequest_PromptOfAnotherEncoding_IsRefusedWithTheRemedy()
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => new VideoInput { Prompt = "Ein Drachen \uFFFDber Klippen" }.ToRequest(path => path));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("-Encoding", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void ToRequest_LocalPaths_AreMadeFullAndAddressesAreNot()
    {
        VideoInput input = new() { Image = "a.png", LastFrame = "https://h/b.png", ReferenceVideos = ["data:video/mp4;base64,AA;c.mp4"],
            ReferenceAudios = ["asset://x"] };

        VideoRequest request = input.ToRequest(path => "/here/" + path);

        Assert.Equal("/here/a.png", request.Image);
        Assert.Equal("https://h/b.png", request.LastFrame);
        Assert.Equal(["data:video/mp4;base64,AA", "/here/c.mp4"], request.ReferenceVideos);
        Assert.Equal(["asset://x"], request.ReferenceAudios);
    }

    [Fact]
    public void ToRequest_Switches_AskForOneSideAlone()
    {
        VideoRequest request = new VideoInput { NoAudio = true, CameraFixed = true, HighBitrate = true,
            Sandbox = true }.ToRequest(path => path);

        Assert.False(request.GenerateAudio);
        Assert.True(request.CameraFixed);
        Assert.True(request.HighBitrate);
        Assert.True(request.Sandbox);
    }
}

using Seedance.Models;
using Seedance.Providers;
using Seedance.Providers.Muapi;
using Seedance.Wire;

using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Muapi;

public sealed class MuapiAnswerTests
{
    private static readonly MuapiAdapter s_muapi = new();
    private static readonly ProviderJob s_job = new() { Id = "req_1", WireModel = "seedance-2.1-text-to-video" };

    [Fact]
    public void BuildPoll_Id_IsEscaped() =>
        Assert.Equal("predictions/a%2Fb/result", s_muapi.BuildPoll(s_job with { Id = "a/b" }).Route);

    [Fact]
    public void Provider_TooManyRequestsWithoutAWait_PausesHalfAMinute() =>
        Assert.Equal(TimeSpan.FromSeconds(30), s_muapi.Provider.TooManyRequestsPause);

    [Fact]
    public void BuildCredits_Route_IsThatOfTheBalance() => Assert.Equal("account/balance", s_muapi.BuildCredits().Route);

    [Fact]
    public void Upload_File_IsTheMultipartFieldWithTheSheetsLimits()
    {
        WireRequest message = s_muapi.BuildUpload("/tmp/a.png", "image/png");

        Assert.Equal(("upload_file", new WireFile("/tmp/a.png", "image/png", "file")), (message.Route, message.File));
        Assert.Equal([10, 50, 10],
            new[] { MediaType.Image, MediaType.Video, MediaType.Audio }.Select(type => s_muapi.UploadLimit(type)!.Value / 1024 / 1024));
    }
}

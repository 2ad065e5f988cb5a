using System.Text.Json.Nodes;
using Seedance.Operations;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;
using Xunit;

namespace Seedance.Core.Tests.Conformance;

/// <summary>One request in neutral terms at every host that can take it; each body is written down from that host's sheet.</summary>
public sealed class NeutralRequestTests
{
    private static readonly VideoRequest s_request = new()
    {
        Prompt = "a kite over cliffs",
        Model = "seedance-2.0",
        DurationSeconds = 5,
        Resolution = "720p",
        AspectRatio = "16:9",
    };

    [Theory]
    [InlineData("Muapi", "seedance-2.0", "seedance-2-text-to-video", """{"prompt":"a kite over cliffs","aspect_ratio":"16:9","duration":5}""")]
    [InlineData("BytePlus", "seedance-2.0", "contents/generations/tasks", """
        {"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true}
        """)]
    [InlineData("Volcengine", "seedance-2.0", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true}
        """)]
    [InlineData("Apiyi", "seedance-2.0", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true}
        """)]
    [InlineData("AtlasCloud", "seedance-2.0", "model/generateVideo", """
        {"model":"bytedance/seedance-2.0/text-to-video","prompt":"a kite over cliffs","duration":5,"resolution":"720p","ratio":"16:9","generate_audio":true}
        """)]
    [InlineData("Seedance2Ai", "seedance-2.0", "jobs/createTask", """
        {"model":"seedance2","inputs":{"prompt":"a kite over cliffs","duration":"5s","resolution":"1280x720"}}
        """)]
    [InlineData("Fal", "seedance-2.0", "bytedance/seedance-2.0/text-to-video", """
        {"prompt":"a kite over cliffs","resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true}
        """)]
    [InlineData("Replicate", "seedance-2.0", "v1/models/bytedance/seedance-2.0/predictions", """
        {"input":{"prompt":"a kite over cliffs","duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true}}
        """)]
    [InlineData("ModelsLab", "seedance", "v7/video-fusion/text-to-video", """
        {"model_id":"seedance-t2v","prompt":"a kite over cliffs","duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true}
        """)]
    public void BuildSubmit_TheSameNeutralRequest_IsTheBodyOfTheHostsSheet(string provider, string model, string route, string body)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;

        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(adapter), s_request with { Model = model });
        WireRequest message = adapter.BuildSubmit(prepared.Request, prepared.Capability.Model);

        Assert.Equal(route, message.Route);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), message.Json), message.Json!.ToJsonString());
    }
}

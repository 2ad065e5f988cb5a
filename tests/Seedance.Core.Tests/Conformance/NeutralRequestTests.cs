using System.Text.Json.Nodes;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;

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
    [InlineData(
        "Muapi", "seedance-2.0", "seedance-2-text-to-video", """{"prompt":"a kite over cliffs","aspect_ratio":"16:9","duration":5}""")]
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

    /// <summary>Frames or references, with the seed and the callback where the host has them.</summary>
    [Theory]
    [InlineData("Muapi", "seedance-2.5", "Frames Seed Callback", "seedance-2.5-first-last-frame?webhook=https%3A%2F%2Fh.ex.org%2Fc", """
        {"prompt":"a kite over cliffs","images_list":["https://ex.org/a.png","https://ex.org/b.png"],"aspect_ratio":"16:9","duration":5,"seed":7}
        """)]
    [InlineData("BytePlus", "seedance-2.0", "Frames Seed Callback", "contents/generations/tasks", """
        {"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"first_frame"},{"type":"image_url","image_url":{"url":"https://ex.org/b.png"},"role":"last_frame"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7,"callback_url":"https://h.ex.org/c"}
        """)]
    [InlineData("Volcengine", "seedance-2.0", "Frames Seed Callback", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"first_frame"},{"type":"image_url","image_url":{"url":"https://ex.org/b.png"},"role":"last_frame"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7,"callback_url":"https://h.ex.org/c"}
        """)]
    [InlineData("Apiyi", "seedance-2.0", "Frames Seed", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"first_frame"},{"type":"image_url","image_url":{"url":"https://ex.org/b.png"},"role":"last_frame"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7}
        """)]
    [InlineData("AtlasCloud", "seedance-2.0", "Frames Seed", "model/generateVideo", """
        {"model":"bytedance/seedance-2.0/image-to-video","prompt":"a kite over cliffs","image":"https://ex.org/a.png","last_image":"https://ex.org/b.png","duration":5,"resolution":"720p","ratio":"16:9","generate_audio":true,"seed":7}
        """)]
    [InlineData("Seedance2Ai", "seedance-2.0", "Frames Callback", "jobs/createTask", """
        {"model":"seedance2","callBackUrl":"https://h.ex.org/c","inputs":{"prompt":"a kite over cliffs","urls":["https://ex.org/a.png","https://ex.org/b.png"],"videoInputMode":"keyframe","duration":"5s","resolution":"1280x720"}}
        """)]
    [InlineData("Fal", "seedance-2.0", "Frames Seed Callback", "bytedance/seedance-2.0/image-to-video?fal_webhook=https%3A%2F%2Fh.ex.org%2Fc", """
        {"prompt":"a kite over cliffs","image_url":"https://ex.org/a.png","end_image_url":"https://ex.org/b.png","resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true,"seed":7}
        """)]
    [InlineData("Replicate", "seedance-2.0", "Frames Seed Callback", "v1/models/bytedance/seedance-2.0/predictions", """
        {"input":{"prompt":"a kite over cliffs","image":"https://ex.org/a.png","last_frame_image":"https://ex.org/b.png","duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true,"seed":7},"webhook":"https://h.ex.org/c","webhook_events_filter":["completed"]}
        """)]
    [InlineData("Muapi", "seedance-2.5", "References Seed Callback", "seedance-2.5-omni-reference?webhook=https%3A%2F%2Fh.ex.org%2Fc", """
        {"prompt":"a kite over cliffs","images_list":["https://ex.org/a.png"],"videos_list":["https://ex.org/v.mp4"],"audios_list":["https://ex.org/s.mp3"],"aspect_ratio":"16:9","duration":5,"seed":7}
        """)]
    [InlineData("BytePlus", "seedance-2.0", "References Seed Callback", "contents/generations/tasks", """
        {"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"reference_image"},{"type":"video_url","video_url":{"url":"https://ex.org/v.mp4"},"role":"reference_video"},{"type":"audio_url","audio_url":{"url":"https://ex.org/s.mp3"},"role":"reference_audio"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7,"callback_url":"https://h.ex.org/c"}
        """)]
    [InlineData("Volcengine", "seedance-2.0", "References Seed Callback", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"reference_image"},{"type":"video_url","video_url":{"url":"https://ex.org/v.mp4"},"role":"reference_video"},{"type":"audio_url","audio_url":{"url":"https://ex.org/s.mp3"},"role":"reference_audio"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7,"callback_url":"https://h.ex.org/c"}
        """)]
    [InlineData("Apiyi", "seedance-2.0", "References Seed", "contents/generations/tasks", """
        {"model":"doubao-seedance-2-0-260128","content":[{"type":"text","text":"a kite over cliffs"},{"type":"image_url","image_url":{"url":"https://ex.org/a.png"},"role":"reference_image"},{"type":"video_url","video_url":{"url":"https://ex.org/v.mp4"},"role":"reference_video"},{"type":"audio_url","audio_url":{"url":"https://ex.org/s.mp3"},"role":"reference_audio"}],"resolution":"720p","ratio":"16:9","duration":5,"generate_audio":true,"seed":7}
        """)]
    [InlineData("AtlasCloud", "seedance-2.0", "References Seed", "model/generateVideo", """
        {"model":"bytedance/seedance-2.0/reference-to-video","prompt":"a kite over cliffs","reference_images":["https://ex.org/a.png"],"reference_videos":["https://ex.org/v.mp4"],"reference_audios":["https://ex.org/s.mp3"],"duration":5,"resolution":"720p","ratio":"16:9","generate_audio":true,"seed":7}
        """)]
    [InlineData("Seedance2Ai", "seedance-2.0", "References Callback", "jobs/createTask", """
        {"model":"seedance2","callBackUrl":"https://h.ex.org/c","inputs":{"prompt":"a kite over cliffs","urls":["https://ex.org/a.png"],"videoUrls":["https://ex.org/v.mp4"],"audioUrls":["https://ex.org/s.mp3"],"videoInputMode":"reference","duration":"5s","resolution":"1280x720"}}
        """)]
    [InlineData("Fal", "seedance-2.0", "References Seed Callback", "bytedance/seedance-2.0/reference-to-video?fal_webhook=https%3A%2F%2Fh.ex.org%2Fc", """
        {"prompt":"a kite over cliffs","image_urls":["https://ex.org/a.png"],"video_urls":["https://ex.org/v.mp4"],"audio_urls":["https://ex.org/s.mp3"],"resolution":"720p","duration":"5","aspect_ratio":"16:9","generate_audio":true,"seed":7}
        """)]
    [InlineData("Replicate", "seedance-2.0", "References Seed Callback", "v1/models/bytedance/seedance-2.0/predictions", """
        {"input":{"prompt":"a kite over cliffs","reference_images":["https://ex.org/a.png"],"reference_videos":["https://ex.org/v.mp4"],"reference_audios":["https://ex.org/s.mp3"],"duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true,"seed":7},"webhook":"https://h.ex.org/c","webhook_events_filter":["completed"]}
        """)]
    [InlineData("ModelsLab", "seedance", "Image Seed Callback", "v7/video-fusion/image-to-video", """
        {"model_id":"seedance-i2v","prompt":"a kite over cliffs","init_image":["https://ex.org/a.png"],"duration":5,"resolution":"720p","aspect_ratio":"16:9","generate_audio":true,"seed":7,"webhook":"https://h.ex.org/c"}
        """)]
    public void BuildSubmit_TheSameMedia_AreTheBodyOfTheHostsSheet(string provider, string model, string asked, string route, string body)
    {
        bool Asked(string what) => asked.Contains(what, StringComparison.Ordinal);
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        VideoRequest request = s_request with
        {
            Model = model,
            Image = Asked("Frames") || Asked("Image") ? "https://ex.org/a.png" : null,
            LastFrame = Asked("Frames") ? "https://ex.org/b.png" : null,
            ReferenceImages = Asked("References") ? ["https://ex.org/a.png"] : [],
            ReferenceVideos = Asked("References") ? ["https://ex.org/v.mp4"] : [],
            ReferenceAudios = Asked("References") ? ["https://ex.org/s.mp3"] : [],
            Seed = Asked("Seed") ? 7 : null,
            CallbackUri = Asked("Callback") ? new Uri("https://h.ex.org/c") : null,
        };

        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(adapter), request);
        WireRequest message = adapter.BuildSubmit(prepared.Request, prepared.Capability.Model);

        Assert.Equal(route, message.Route);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), message.Json), message.Json!.ToJsonString());
    }

    /// <summary>Through a workflow of the user's own: the three inputs that Wireflow documents.</summary>
    [Fact]
    public void BuildSubmit_AtWireflow_FillsTheInputsOfTheWorkflow()
    {
        IProviderAdapter adapter = ProviderRegistry.Find("Wireflow")!;
        VideoRequest request = new() { Prompt = "a kite over cliffs", Model = "wf_1", Image = "https://ex.org/a.png", Resolution = "720p" };

        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(adapter), request);
        WireRequest message = adapter.BuildSubmit(prepared.Request, prepared.Capability.Model);

        Assert.Equal("workflows/wf_1/execute", message.Route);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                """{"inputs":{"prompt":"a kite over cliffs","reference_image":"https://ex.org/a.png","resolution":"720p"}}"""),
                message.Json),
            message.Json!.ToJsonString());
    }
}

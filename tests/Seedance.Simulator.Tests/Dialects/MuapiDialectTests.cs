using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Simulator.Dialects.Muapi;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class MuapiDialectTests
{
    [Theory]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x"}""")]
    [InlineData("seedance-2.1-text-to-video",
        """{"prompt":"x","aspect_ratio":"21:9","resolution":"1080p","duration":12,"generate_audio":false,"camera_fixed":true,"is_test":true}""")]
    [InlineData("seedance-2.1-image-to-video", """{"prompt":"x","image_url":"https://e.org/a.png","last_image":"https://e.org/b.png"}""")]
    [InlineData("seedance-2-mini-text-to-video", """{"prompt":"x","duration":15,"resolution":"480p","high_bitrate":true}""")]
    [InlineData("seedance-2-mini-omni-reference",
        """{"prompt":"@image1","images_list":["https://e.org/a.png"],"video_files":["https://e.org/a.mp4"],"audio_files":["https://e.org/a.mp3"]}""")]
    [InlineData("seedance-2-image-to-video-fast", """{"prompt":"x","images_list":["https://e.org/a.png"]}""")]
    [InlineData("seedance-2-first-last-frame", """{"prompt":"x","images_list":["https://e.org/a.png","https://e.org/b.png"]}""")]
    [InlineData("sd-2-vip-text-to-video-4k", """{"prompt":"x"}""")]
    [InlineData("seedance-2.5-omni-reference-480p",
        """{"prompt":"x","videos_list":["https://e.org/a.mp4"],"seed":-1,"duration":30,"aspect_ratio":"9:21"}""")]
    [InlineData("seedance-v2.0-t2v", """{"prompt":"x","quality":"high","duration":10,"remove_watermark":true}""")]
    [InlineData("seedance-v2.0-extend", """{"request_id":"req_1"}""")]
    [InlineData("seedance-v1.5-pro-i2v-fast", """{"prompt":"x","image_url":"https://e.org/a.png","resolution":"1080p"}""")]
    [InlineData("seedance-pro-t2v-fast", """{"prompt":"x","duration":2}""")]
    [InlineData("seedance-lite-reference-to-video", """{"prompt":"x","images_list":["https://e.org/a.png"]}""")]
    [InlineData("seedance-2-character",
        """{"outfit_description":"x","character_name":"Ada","images_list":["https://e.org/a.png","https://e.org/b.png","https://e.org/c.png"]}""")]
    [InlineData("seedance-2-video-watermark-remover-pro", """{"video_url":"https://e.org/a.mp4"}""")]
    [InlineData("seedance-2-vip-extend-1080p", """{"prompt":"x","request_id":"req_1","duration":15}""")]
    [InlineData("seedance-v1.5-pro-video-extend", """{"prompt":"x","video_url":"https://e.org/a.mp4","resolution":"480p"}""")]
    [InlineData("seedance-2.5-text-to-video-4k", """{"prompt":"x"}""")]
    public async Task Submit_WhatTheSheetAllows_IsAccepted(string endpoint, string body)
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync("muapi/" + endpoint, body);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
        Assert.Equal(endpoint, Assert.Single(bench.Engine.Tasks).Fields["endpoint"]);
    }

    [Theory]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","duration":"5"}""", 422, "duration")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","duration":3}""", 400, "duration")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","duration":13}""", 400, "duration")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","duration":5.5}""", 422, "duration")]
    [InlineData("seedance-2.1-text-to-video", """{"duration":5}""", 422, "prompt")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":" "}""", 400, "prompt")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":null}""", 422, "prompt")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","aspect_ratio":"9:21"}""", 400, "aspect_ratio")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","resolution":"4k"}""", 400, "resolution")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","seed":1}""", 422, "seed")]
    [InlineData("seedance-2.1-text-to-video", """{"prompt":"x","is_test":"yes"}""", 422, "is_test")]
    [InlineData("seedance-2.1-image-to-video", """{"prompt":"x"}""", 422, "image_url")]
    [InlineData("seedance-2.1-image-to-video", """{"prompt":"x","image_url":"a.png"}""", 400, "image_url")]
    [InlineData("seedance-2.1-image-to-video", """{"prompt":"x","image_url":"file:///a.png"}""", 400, "image_url")]
    [InlineData("seedance-2-mini-text-to-video", """{"prompt":"x","resolution":"1080p"}""", 400, "resolution")]
    [InlineData("seedance-2-mini-text-to-video", """{"prompt":"x","camera_fixed":true}""", 422, "camera_fixed")]
    [InlineData("seedance-2-mini-omni-reference",
        """{"prompt":"x","video_files":["https://e.org/1","https://e.org/2","https://e.org/3","https://e.org/4"]}""", 400, "video_files")]
    [InlineData("seedance-2-first-last-frame", """{"prompt":"x","images_list":["https://e.org/a.png"]}""", 400, "images_list")]
    [InlineData("seedance-v2.0-t2v", """{"prompt":"x","duration":6}""", 400, "duration")]
    [InlineData("seedance-2-character", """{"images_list":["https://e.org/a.png"]}""", 422, "prompt")]
    [InlineData("seedance-2-character", """{"prompt":"x","images_list":[]}""", 400, "images_list")]
    [InlineData("seedance-2-character", """{"prompt":"x","images_list":["https://e.org/a.png"],"duration":5}""", 422, "duration")]
    [InlineData("seedance-2.0-watermark-remover", """{"video_url":"https://e.org/a.mp4","prompt":"x"}""", 422, "prompt")]
    [InlineData("seedance-2-vip-extend", """{"prompt":"x"}""", 422, "request_id")]
    public async Task Submit_WhatTheSheetForbids_IsRefusedWithItsField(string endpoint, string body, int status, string field)
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync("muapi/" + endpoint, body);

        Assert.Equal(status, (int)response.StatusCode);
        JsonElement finding = (await SimulatorBench.ReadAsync(response)).GetProperty("detail").EnumerateArray().Single();
        Assert.Equal(["body", field], finding.GetProperty("loc").EnumerateArray().Select(part => part.GetString()));
        Assert.Equal((0, 1), (bench.Engine.Snapshot().AcceptedTotal, bench.Engine.Snapshot().Refused));
    }

    [Fact]
    public async Task Poll_CharacterSheet_IsAPictureThatCanBeFetched()
    {
        using SimulatorBench bench = new();
        JsonElement receipt =
            await SimulatorBench.ReadAsync(
            await bench.PostAsync("muapi/seedance-2-character", """{"prompt":"x","images_list":["https://e.org/a.png"]}"""));
        bench.Clock.Advance(TimeSpan.FromSeconds(3));

        JsonElement job = await bench.GetJsonAsync($"muapi/predictions/{receipt.GetProperty("request_id").GetString()}/result");
        HttpResponseMessage picture = await bench.Client.GetAsync(new Uri(job.GetProperty("outputs")[0].GetString()!), SimulatorBench.Stop);

        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0.18m, job.GetProperty("cost").GetProperty("amount_usd").GetDecimal());
    }

    [Fact]
    public async Task Submit_UnknownEndpoint_IsNotFound()
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync("muapi/seedance-2-t2v", SimulatorBench.MiniBody);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"detail":"Not Found"}""", await response.Content.ReadAsStringAsync(SimulatorBench.Stop));
    }

    [Theory]
    [InlineData("http://h.test/m")]
    [InlineData("/m")]
    public async Task Submit_WebhookWithoutHttps_IsRefused(string webhook)
    {
        using SimulatorBench bench = new();

        HttpResponseMessage response = await bench.PostAsync(
            SimulatorBench.Mini + "?webhook=" + Uri.EscapeDataString(webhook), SimulatorBench.MiniBody);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("wrong", null, 401)]
    [InlineData("right", null, 200)]
    [InlineData(null, "right", 200)]
    [InlineData("wrong", "right", 200)]
    [InlineData("wrong", "wrong", 401)]
    public async Task Auth_EitherHeader_IsEnough(string? apiKey, string? bearer, int status)
    {
        using SimulatorBench bench = new(new SimulatorOptions { RequiredKey = "right" });
        using HttpClient client = bench.CallerWith(bearer);
        if (apiKey is not null)
        {
            client.DefaultRequestHeaders.Add("x-api-key", apiKey);
        }

        HttpResponseMessage response = await client.GetAsync("muapi/account/balance", SimulatorBench.Stop);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Balance_TooLow_IsPaymentRequired()
    {
        using SimulatorBench bench = new(new SimulatorOptions { Balance = 1 });
        HttpResponseMessage first = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);

        HttpResponseMessage second = await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody);

        Assert.Equal("0.75", first.Headers.GetValues("X-MuAPI-Cost-USD").Single());
        Assert.Equal("0.25", first.Headers.GetValues("X-Account-Balance").Single());
        Assert.Equal(HttpStatusCode.PaymentRequired, second.StatusCode);
        Assert.Equal(0.25m, (await bench.GetJsonAsync("muapi/account/balance")).GetProperty("balance").GetDecimal());
    }

    [Theory]
    [InlineData(MuapiOutputShape.Outputs, "outputs/0")]
    [InlineData(MuapiOutputShape.OutputsOfObjects, "outputs/0/url")]
    [InlineData(MuapiOutputShape.OutputVideo, "output/video")]
    [InlineData(MuapiOutputShape.OutputString, "output")]
    [InlineData(MuapiOutputShape.OutputOutputs, "output/outputs/0")]
    [InlineData(MuapiOutputShape.OutputArray, "output/0")]
    [InlineData(MuapiOutputShape.VideoUrl, "video/url")]
    [InlineData(MuapiOutputShape.Url, "url")]
    public async Task Poll_OutputShape_HasTheUrlThere(MuapiOutputShape shape, string where)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new MuapiBehaviour { OutputShape = shape }] });
        string id = await bench.SubmitMiniAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(3));

        JsonElement at = await bench.GetJsonAsync($"muapi/predictions/{id}/result");
        foreach (string step in where.Split('/'))
        {
            at = at.ValueKind == JsonValueKind.Array ? at[0] : at.GetProperty(step);
        }

        Assert.StartsWith("http://simulator.test/media/", at.GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MuapiIdField.RequestId, "request_id")]
    [InlineData(MuapiIdField.Id, "id")]
    public async Task Submit_IdField_IsAsChosen(MuapiIdField field, string name)
    {
        using SimulatorBench bench = new(new SimulatorOptions { Hosts = [new MuapiBehaviour { IdField = field }] });

        JsonElement receipt = await SimulatorBench.ReadAsync(await bench.PostAsync(SimulatorBench.Mini, SimulatorBench.MiniBody));

        Assert.Equal(bench.Engine.Tasks[0].Id, receipt.GetProperty(name).GetString());
    }

    [Fact]
    public async Task Upload_MultipartFile_IsHashed()
    {
        using SimulatorBench bench = new();
        byte[] bytes = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        using MultipartFormDataContent form = Form("file", bytes, "image/png");

        HttpResponseMessage response = await bench.Client.PostAsync("muapi/upload_file", form, SimulatorBench.Stop);

        SimulatorUpload upload = Assert.Single(bench.Engine.Uploads);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), upload.Sha256);
        Assert.Equal(("image/png", 5000, "a.bin"), (upload.ContentType, upload.Length, upload.FileName));
        Assert.Equal(upload.Url, (await SimulatorBench.ReadAsync(response)).GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("image", 10, "image/png", 422)]
    [InlineData("file", 11 << 20, "image/png", 413)]
    [InlineData("file", 11 << 20, "video/mp4", 200)]
    [InlineData("file", 0, "image/png", 400)]
    public async Task Upload_FieldAndSize_AreChecked(string field, int length, string type, int status)
    {
        using SimulatorBench bench = new();
        using MultipartFormDataContent form = Form(field, new byte[length], type);

        HttpResponseMessage response = await bench.Client.PostAsync("muapi/upload_file", form, SimulatorBench.Stop);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Poll_JobOfAnotherKey_IsNotFound()
    {
        using SimulatorBench bench = new();
        string id = await bench.SubmitMiniAsync();
        using HttpClient other = bench.CallerWith("key-2");

        HttpResponseMessage response = await other.GetAsync($"muapi/predictions/{id}/result", SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Estimate_WithoutKey_IsThePriceOfTheSubmit()
    {
        using SimulatorBench bench = new();
        using HttpClient anonymous = bench.CallerWith(null);

        HttpResponseMessage response = await anonymous.PostAsync("muapi/models/seedance-2.1-text-to-video/estimate-cost",
            SimulatorBench.Json("""{"duration":6,"resolution":"720p"}"""), SimulatorBench.Stop);

        Assert.Equal(0.90m, (await SimulatorBench.ReadAsync(response)).GetProperty("cost").GetDecimal());
    }

    private static MultipartFormDataContent Form(string field, byte[] bytes, string type)
    {
        ByteArrayContent file = new(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { file, field, "a.bin" } };
    }
}

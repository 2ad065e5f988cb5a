using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Simulator.Dialects.Muapi;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Tests.Dialects;

public sealed class MuapiDialectTests
{
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

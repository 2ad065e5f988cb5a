using System.Text.Json.Nodes;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Transport;

public sealed class HttpMessagesTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(49_151)]
    [InlineData(49_152)]
    [InlineData(49_153)]
    [InlineData(200_000)]
    public async Task Build_FileBesideJson_IsADataAddressInIt(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        await File.WriteAllBytesAsync(_path, bytes, TestContext.Current.CancellationToken);
        WireRequest request = new() { Method = HttpMethod.Post, Route = "up", Json = new JsonObject { ["key"] = "k\"ü" },
            File = new WireFile(_path, "video/mp4", "init_obj") };

        using HttpRequestMessage message = HttpMessages.Build(new Uri("https://host.example/api"), request, out TrackedContent? body);
        long? promised = message.Content!.Headers.ContentLength;
        byte[] sent = await message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        JsonNode json = JsonNode.Parse(sent)!;
        Assert.Equal(promised, sent.Length);
        Assert.Equal("application/json", message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("k\"ü", (string?)json["key"]);
        Assert.Equal("data:video/mp4;base64," + Convert.ToBase64String(bytes), (string?)json["init_obj"]);
        Assert.True(body!.Started);
    }

    [Fact]
    public async Task Build_FileBesideEmptyJson_IsTheOnlyProperty()
    {
        WireRequest request = new() { Method = HttpMethod.Post, Route = "up", Json = [],
            File = new WireFile(_path, "image/png", "init_obj") };

        using HttpRequestMessage message = HttpMessages.Build(new Uri("https://host.example/api"), request, out _);

        Assert.Equal(
            """{"init_obj":"data:image/png;base64,"}""", await message.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

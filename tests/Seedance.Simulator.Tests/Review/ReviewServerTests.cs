using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Seedance.Simulator.Tests.Review;

public sealed class ReviewServerTests : IDisposable
{
    private readonly ReviewScene _scene = new(3);
    private readonly HttpClient _client = new();

    private string Address => _scene.Server.Address.AbsoluteUri;

    private string Origin => _scene.Server.Address.GetLeftPart(UriPartial.Authority);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task Get_Page_CarriesThePolicyAndIsKeptByNobody()
    {
        using HttpResponseMessage answer = await _client.GetAsync(Address, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single()); // The token is in the address.
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(_scene.Folder, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000/")]
    [InlineData("../../etc/passwd")]
    public async Task Get_WrongToken_FindsNothing(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(Origin + "/" + path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("clip/3.mp4")]
    [InlineData("clip/0.webm")]
    [InlineData("clip/../../../../etc/passwd")]
    [InlineData("clip/%2e%2e/secret")]
    [InlineData("review.html")]
    public async Task Get_OtherFile_FindsNothing(string path) =>
        Assert.StartsWith("HTTP/1.1 404",
        await RawAsync("GET " + _scene.Server.Address.AbsolutePath + path + " HTTP/1.1\r\nHost: " + _scene.Server.Address.Authority
        + "\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData(0L, 9L, "bytes 0-9/")]
    [InlineData(100L, null, "bytes 100-26069/")]
    [InlineData(null, 5L, "bytes 26065-26069/")]
    public async Task Get_Range_IsThatRange(long? from, long? to, string expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Address + "clip/1.mp4");
        request.Headers.Range = new RangeHeaderValue(from, to);
        using HttpResponseMessage answer = await _client.SendAsync(request, Stop);
        byte[] whole = ReviewScene.Clip;
        byte[] part = await answer.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.StartsWith(expected, answer.Content.Headers.ContentRange!.ToString(), StringComparison.Ordinal);
        Assert.Equal(from is null ? whole[^(int)to!.Value..] : whole[(int)from.Value..(int)((to ?? (whole.Length - 1)) + 1)], part);
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_IsRefused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Address + "clip/1.mp4");
        request.Headers.Range = new RangeHeaderValue(1_000_000, null);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await _client.SendAsync(request, Stop)).StatusCode);
    }

    [Fact]
    public async Task Get_FileThatWasMoved_IsNotFound()
    {
        File.Delete(_scene.Jobs[0].Outputs[0].Path!);

        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(Address + "clip/0.mp4", Stop)).StatusCode);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("http://evil.example", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("own", "text/plain")] // What a form of any page may send without asking.
    public async Task Post_FromElsewhere_ChangesNothing(string? origin, string type)
    {
        Assert.Equal(HttpStatusCode.Forbidden,
            await PostAsync("rate", "{\"id\":\"" + _scene.Jobs[0].Id + "\",\"rating\":5}", origin == "own" ? Origin : origin, type));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("choose", "{\"ids\":[]}", origin == "own" ? Origin : origin, type));

        string ticked = "{\"ids\":[\"" + _scene.Jobs[0].Id + "\"]}";
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("tick", ticked, origin == "own" ? Origin : origin, type));

        Assert.Empty(_scene.Ratings);
        Assert.Empty(_scene.Server.Ticked);
        Assert.False(_scene.Choice.IsCompleted);
    }

    [Fact]
    public async Task Get_UnderAnotherName_FindsNothing()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Address);
        request.Headers.Host = "rebound.example:" + _scene.Server.Address.Port.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(HttpStatusCode.NotFound, (await _client.SendAsync(request, Stop)).StatusCode);
    }

    [Theory]
    [InlineData("{\"id\":\"20261125-190000-0000001\",\"rating\":6}")]
    [InlineData("{\"id\":\"20261125-190000-00000ff\",\"rating\":3}")]
    [InlineData("{\"id\":7,\"rating\":3}")]
    [InlineData("{\"rating\":3}")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Post_RatingThatIsNone_IsRefused(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("rate", body, Origin));
        Assert.Empty(_scene.Ratings);
    }

    [Fact]
    public async Task Post_RatingAndChoice_AreTakenOnce()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync("rate", "{\"id\":\"" + _scene.Jobs[1].Id + "\",\"rating\":4}", Origin));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("rate", "{\"id\":\"" + _scene.Jobs[2].Id + "\",\"rating\":0}", Origin));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("choose", "{\"ids\":[\"20261125-190000-00000ff\"]}", Origin));

        Assert.Equal(HttpStatusCode.OK, await PostAsync("choose", "{\"ids\":[\"" + _scene.Jobs[1].Id + "\"]}", Origin));

        Assert.Equal([_scene.Jobs[1].Id], await _scene.Choice);
        Assert.Equal([(_scene.Jobs[1].Id, 4), (_scene.Jobs[2].Id, null)], _scene.Ratings);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    public async Task Read_NoRequest_EndsTheConnectionAndServesOn(string text)
    {
        Assert.Equal(string.Empty, await RawAsync(text));
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(Address, Stop)).StatusCode);
    }

    private async Task<HttpStatusCode> PostAsync(string what, string body, string? origin, string type = "application/json")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address + what) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using HttpResponseMessage answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private async Task<string> RawAsync(string text)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _scene.Server.Address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Stop);
        using StreamReader reader = new(client.GetStream());
        return await reader.ReadToEndAsync(Stop);
    }
}

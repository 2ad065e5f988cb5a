using System.Buffers.Binary;
using System.Net;
using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Media;

public sealed class MediaTests
{
    private const int Size = 2_500_000;

    private static SimulatorOptions Large(params string[] faults) =>
        new() { MediaBytes = Size, Faults = Array.ConvertAll(faults, SimulatorFault.Parse) };

    [Theory]
    [InlineData(0)]
    [InlineData(Size)]
    public async Task Video_AnySize_IsWholeMp4Boxes(long size)
    {
        using SimulatorBench bench = new(new SimulatorOptions { MediaBytes = size });
        byte[] bytes = await bench.Client.GetByteArrayAsync(await bench.MakeVideoAsync(), SimulatorBench.Stop);

        int at = 0;
        string boxes = string.Empty;
        while (at < bytes.Length)
        {
            boxes += Encoding.ASCII.GetString(bytes, at + 4, 4) + " ";
            at += (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        }

        Assert.Equal(bytes.Length, at);
        Assert.StartsWith("ftyp moov ", boxes, StringComparison.Ordinal); // Players can start before the end has arrived.
        Assert.True(size == 0 || (bytes.Length == size && boxes.EndsWith("mdat free ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=26000-27000", 26_000, 1001)]
    [InlineData("bytes=2499999-", 2_499_999, 1)]
    [InlineData("bytes=1000000-9999999", 1_000_000, 1_500_000)]
    [InlineData("bytes=-10", 2_499_990, 10)]
    public async Task Range_Satisfiable_IsThatPart(string range, int from, int count)
    {
        using SimulatorBench bench = new(Large());
        string url = await bench.MakeVideoAsync();
        byte[] whole = await bench.Client.GetByteArrayAsync(url, SimulatorBench.Stop);

        HttpResponseMessage response = await bench.GetRangeAsync(url, range);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {from}-{from + count - 1}/{Size}", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole.AsSpan(from, count).ToArray(), await response.Content.ReadAsByteArrayAsync(SimulatorBench.Stop));
    }

    [Theory]
    [InlineData("bytes=2500000-", 416)]
    [InlineData("bytes=-0", 416)]
    [InlineData("bytes=5-4", 200)]
    [InlineData("bytes=0-1,5-6", 200)]
    [InlineData("lines=0-1", 200)]
    public async Task Range_Odd_IsRefusedOrIgnored(string range, int status)
    {
        using SimulatorBench bench = new(Large());

        HttpResponseMessage response = await bench.GetRangeAsync(await bench.MakeVideoAsync(), range);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 416 ? "bytes */2500000" : null, response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task IfRange_OtherVersion_AnswersTheWhole()
    {
        using SimulatorBench bench = new(Large());
        string url = await bench.MakeVideoAsync();
        string etag = (await bench.GetRangeAsync(url, "bytes=0-0")).Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.PartialContent, (await bench.GetRangeAsync(url, "bytes=5-", etag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetRangeAsync(url, "bytes=5-", "\"other\"")).StatusCode);
    }

    [Fact]
    public async Task Head_Video_HasLengthAndNoBody()
    {
        using SimulatorBench bench = new(Large());
        using HttpRequestMessage request = new(HttpMethod.Head, await bench.MakeVideoAsync());

        HttpResponseMessage response = await bench.Client.SendAsync(request, SimulatorBench.Stop);

        Assert.Equal((Size, "video/mp4"), (response.Content.Headers.ContentLength, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal(["bytes"], response.Headers.AcceptRanges);
        Assert.Equal(0, bench.Engine.Snapshot().BytesServed);
    }

    [Fact]
    public async Task Url_AfterItsTime_IsForbidden()
    {
        using SimulatorBench bench = new();
        string url = await bench.MakeVideoAsync();
        bench.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(HttpStatusCode.Forbidden, (await bench.Client.GetAsync(url, SimulatorBench.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Client.GetAsync("media/abc.mp4", SimulatorBench.Stop)).StatusCode);
    }

    [Theory]
    [InlineData("media:9 delay 1")]
    [InlineData("media:2 status 503")]
    [InlineData("media:2 reset-after-accept")]
    public async Task Key_AtTheMediaHost_IsCountedWhateverTheAnswer(string fault)
    {
        using SimulatorBench bench = new(fault);
        string url = await bench.MakeVideoAsync();

        await bench.GetRangeAsync(url, "bytes=0-0");
        int anonymous = bench.Engine.Snapshot().KeyLeaks;
        await Record.ExceptionAsync(() => bench.Client.GetAsync(url, SimulatorBench.Stop));

        Assert.Equal((0, 1), (anonymous, bench.Engine.Snapshot().KeyLeaks));
    }

    [Fact]
    public async Task Cut_HalfOfTheBody_ThrowsAfterIt()
    {
        using SimulatorBench bench = new(Large("media:1 cut 0.5"));
        HttpResponseMessage response = await bench.GetRangeAsync(await bench.MakeVideoAsync(), "bytes=0-");
        using Stream body = await response.Content.ReadAsStreamAsync(SimulatorBench.Stop);
        using MemoryStream received = new();

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, SimulatorBench.Stop));

        Assert.Equal((Size, Size / 2), (response.Content.Headers.ContentLength, received.Length));
        Assert.Equal(Size / 2, bench.Engine.Snapshot().BytesServed);
    }

    [Theory]
    [InlineData("media:1 no-ranges", "bytes=5000-", 200, null)]
    [InlineData("media:1 wrong-range", "bytes=5000-", 206, "bytes 3976-2498975/2500000")]
    [InlineData("media:1 wrong-range", "bytes=0-9", 206, "bytes 1024-1033/2500000")]
    [InlineData("media:1 expired-url", "bytes=5000-", 403, null)]
    public async Task Fault_OnRange_IsAsScripted(string fault, string range, int status, string? contentRange)
    {
        using SimulatorBench bench = new(Large(fault));

        HttpResponseMessage response = await bench.GetRangeAsync(await bench.MakeVideoAsync(), range);

        Assert.Equal((status, contentRange), ((int)response.StatusCode, response.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(status == 206, response.Headers.AcceptRanges.Contains("bytes"));
        Assert.Equal(1, bench.Engine.Snapshot().FaultsFired.Values.Sum());
        Assert.Equal(0, bench.Engine.Snapshot().Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Size)]
    public async Task ChangedMedia_SecondRequest_HasOtherETagAndBytesFromThenOn(long size)
    {
        using SimulatorBench bench =
            new(new SimulatorOptions { MediaBytes = size, Faults = [SimulatorFault.Parse("media:2 changed-media")] });
        string url = await bench.MakeVideoAsync();

        HttpResponseMessage before = await bench.Client.GetAsync(url, SimulatorBench.Stop);
        HttpResponseMessage after = await bench.GetRangeAsync(url, "bytes=10-", before.Headers.ETag!.ToString());
        HttpResponseMessage later = await bench.Client.GetAsync(url, SimulatorBench.Stop);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(after.Headers.ETag, later.Headers.ETag);
        Assert.NotEqual(
            await before.Content.ReadAsByteArrayAsync(SimulatorBench.Stop), await after.Content.ReadAsByteArrayAsync(SimulatorBench.Stop));
    }

    [Fact]
    public async Task WrongRange_RequestWithoutRange_DoesNotFire()
    {
        using SimulatorBench bench = new("media:1 wrong-range");

        await bench.Client.GetAsync(await bench.MakeVideoAsync(), SimulatorBench.Stop);

        Assert.Empty(bench.Engine.Snapshot().FaultsFired);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(0, -1)]
    public void Options_ThatCannotBeKept_AreRefused(long mediaBytes, int seconds) =>
        Assert.Throws<ArgumentException>(
            () => new SimulatorEngine(new SimulatorOptions { MediaBytes = mediaBytes, RunTime = TimeSpan.FromSeconds(seconds) }));
}

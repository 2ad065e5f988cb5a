using System.IO.Compression;
using Seedance.Accounts;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Transport;

/// <summary>Labels lie; bytes do not.</summary>
public sealed class ContentCodingTests
{
    private const string Json = """{"id":"task-7","status":"running"}""";
    private static readonly byte[] s_plain = Encoding.UTF8.GetBytes(Json);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("aws-chunked")]
    [InlineData("binary")]
    [InlineData("gzip, aws-chunked")]
    public async Task Answer_LabelOfPlainBytes_IsReadAsItCame(string label) => Assert.Equal(Json, await AnswerAsync(s_plain, label));

    [Theory]
    [InlineData("gzip")]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip, gzip")]
    public async Task Answer_GzippedWhateverTheLabel_IsUnpacked(string label) =>
        Assert.Equal(Json, await AnswerAsync(Gzip(s_plain), label));

    [Fact]
    public async Task Answer_GzippedTwice_IsUnpacked() => Assert.Equal(Json, await AnswerAsync(Gzip(Gzip(s_plain)), "gzip"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_Deflated_IsUnpackedWithAHeaderAndWithout(bool header)
    {
        using MemoryStream packed = new();
        using (Stream stream = header
            ? new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)
            : new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(s_plain);
        }

        Assert.Equal(Json, await AnswerAsync(packed.ToArray(), "deflate"));
    }

    [Fact]
    public void Decode_Bomb_StopsAtTheBound() =>
        Assert.InRange(ContentCoding.Decode(Gzip(new byte[10_000_000]), ["gzip"], 100_000).Length, 100_000, 120_000);

    [Fact]
    public void Decode_CutOff_GivesWhatCanBeRead()
    {
        byte[] noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        byte[] packed = Gzip(noise);

        byte[] read = ContentCoding.Decode(packed[..(packed.Length / 2)], ["gzip"], 100_000);

        Assert.InRange(read.Length, 1, noise.Length - 1);
        Assert.Equal(noise[..read.Length], read);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<string> AnswerAsync(byte[] bytes, string label)
    {
        ScriptedHandler network = new();
        network.Otherwise = request =>
        {
            Assert.Contains("gzip", request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            HttpResponseMessage answer = new() { Content = new ByteArrayContent(bytes) };
            answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", label);
            return answer;
        };
        using HttpClients clients = new(_ => network);
        Account account = TestServices.Account();
        WireResponse response = await new HttpPipeline(clients, TimeProvider.System).SendAsync(
            account, WireRequest.Get("tasks/task-7"), CallKind.Poll, new RecordingOutput(), leaving: null,
            TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(response.Bytes);
    }
}

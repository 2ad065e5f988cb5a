using Seedance.Providers;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers;

public sealed class RelativeOutputTests
{
    private static readonly Uri s_host = new("https://api.ex.org/v1");
    private static readonly JobUpdate s_done = new() { Status = JobStatus.Succeeded };

    [Theory]
    [InlineData("""{"output":"/files/v.mp4"}""", "https://api.ex.org/files/v.mp4")]
    [InlineData("""{"data":{"outputs":["//cdn.ex.org/v.mp4?sig=1"]}}""", "https://cdn.ex.org/v.mp4?sig=1")]
    [InlineData("""{"video":{"file_name":"x.mp4","url":"/a/v.MOV"}}""", "https://api.ex.org/a/v.MOV")]
    [InlineData("""{"input":{"video":"/mine.mp4"},"output":null}""", null)]
    [InlineData("""{"output":"https://cdn.ex.org/v.mp4"}""", null)]
    [InlineData("""{"text":"see v.mp4 and w.mp4"}""", null)]
    public void Resolve_PathAlone_IsOnTheHostThatNamedIt(string body, string? address)
    {
        JobUpdate update = RelativeOutput.Resolve(s_done, Answer(200, body), s_host, _ => { });

        Assert.Equal(address, update.Outputs.SingleOrDefault()?.Url?.AbsoluteUri);
    }

    [Fact]
    public void Resolve_AddressThatNobodyServes_IsQuoted()
    {
        List<string> said = [];

        JobUpdate update = RelativeOutput.Resolve(s_done, Answer(200, """{"output":["s3://bucket/v.mp4"]}"""), s_host, said.Add);

        Assert.Empty(update.Outputs);
        Assert.Contains("'s3://bucket/v.mp4'", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_JobThatRuns_IsLeftAlone() =>
        Assert.Empty(
            RelativeOutput.Resolve(
            s_done with { Status = JobStatus.Running }, Answer(200, """{"output":"/files/v.mp4"}"""), s_host, _ => { }).Outputs);
}

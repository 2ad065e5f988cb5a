using Seedance.Core.Tests.Providers;
using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

public sealed class WireNodeTests
{
    [Fact]
    public void Text_HalfASurrogatePair_ReadsAsAGap()
    {
        WireNode body = WireText.Answer(200, """{"\ud800":1,"error":"\ud800","id":"req_1"}""").Body;

        Assert.Equal("\uFFFD", body["error"].Text);
        Assert.Null(body["error"].Address);
        Assert.Null(body["error"].Time);
        Assert.Null(body["nothing"].Text);
        Assert.NotNull(body.Value);
        Assert.Equal(["\uFFFD", "error", "id"], body.Properties.Select(property => property.Key));
    }

    [Fact]
    public void Body_BrokenByteInAText_StillHasTheId()
    {
        WireResponse response = new() { Status = 200,
            Bytes = [.. Encoding.ASCII.GetBytes("{\"message\":\""), 0xFF, .. Encoding.ASCII.GetBytes("\",\"id\":\"req_1\"}")] };

        Assert.Equal("req_1", response.Body["id"].Text);
    }

    [Fact]
    public void Body_ByteOrderMark_IsSkipped() => Assert.Equal("req_1", WireText.Answer(200, "\uFEFF{\"id\":\"req_1\"}").Body["id"].Text);

    [Fact]
    public void Index_Negative_ReadsAsAbsent() => Assert.False(WireText.Answer(200, "[1]").Body[-1].Exists);
}

using Seedance.Providers.Replicate;

namespace Seedance.Core.Tests.Providers.Replicate;

public sealed class ReplicateSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Right = "v1,/TwWid5yc/cCYPm10QkScIjVpnnVHmu6Iv0xvmnPxJg=";
    private static readonly ReplicateAdapter s_host = new();
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Right, 0)]
    [InlineData("v1,AAAA " + Right, 299)]
    [InlineData(Right + " v2,zzzz", -299)]
    public void FindForgery_OneOfTheSignaturesIsRight_IsNull(string signature, int later) => Assert.Null(Find(signature, later: later));

    [Theory]
    [InlineData("v1,/TwWid5yc/cCYPm10QkScIjVpnnVHmu6Iv0xvmnQxJg=")]
    [InlineData("v2,/TwWid5yc/cCYPm10QkScIjVpnnVHmu6Iv0xvmnPxJg=")]
    [InlineData("/TwWid5yc/cCYPm10QkScIjVpnnVHmu6Iv0xvmnPxJg=")]
    [InlineData("v1,")]
    [InlineData("v1,***")]
    [InlineData("")]
    public void FindForgery_NoneIsRight_IsAForgery(string signature) => Assert.NotNull(Find(signature));

    [Theory]
    [InlineData("Webhook-Id", "msg_2")]
    [InlineData("webhook-timestamp", "1772366401")]
    [InlineData("webhook-timestamp", "-1")]
    public void FindForgery_AnyHeaderChanged_IsAForgery(string name, string value)
    {
        Dictionary<string, string> headers = Headers(Right);
        headers[name] = value;

        Assert.NotNull(s_host.FindForgery(headers, Body("""{"id":"p1","input":{}}"""), Secret, s_now));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public void FindForgery_OldOrEarly_IsAReplay(int later) =>
        Assert.Contains("clock", Find(Right, later: later), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":"p1", "input":{}}""", Secret)]
    [InlineData("""{"id":"p1","input":{}}""", "whsec_AAAA")]
    [InlineData("""{"id":"p1","input":{}}""", "whsec_")]
    [InlineData("""{"id":"p1","input":{}}""", "no base64!")]
    public void FindForgery_OtherBodyOrSecret_IsAForgery(string body, string secret) =>
        Assert.NotNull(s_host.FindForgery(Headers(Right), Body(body), secret, s_now));

    private static string? Find(string signature, int later = 0) =>
        s_host.FindForgery(Headers(signature), Body("""{"id":"p1","input":{}}"""), Secret, s_now.AddSeconds(later));

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    private static Dictionary<string, string> Headers(string signature) => new()
    {
        ["Webhook-Id"] = "msg_1", ["webhook-timestamp"] = "1772366400", ["WEBHOOK-SIGNATURE"] = signature,
    };
}

using Seedance.Providers.Fal;

namespace Seedance.Core.Tests.Providers.Fal;

public sealed class FalSignatureTests
{
    private const string Jwks = """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"},{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""";

    private const string Signature = "ee0fe2cf8794d71028d4a5652ebf85d4a0a6ed62ee9903069c39fb7e66afd62e46b7630cc712103297db690fac868568214adfd79d2f10929141803d7358940f";

    private static readonly FalAdapter s_host = new();
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "x-fal-webhook-signature")]
    [InlineData(299, "X-Fal-Webhook-Signature")]
    [InlineData(-299, "X-FAL-WEBHOOK-SIGNATURE")]
    public void FindForgery_SignedByTheKey_IsNull(int later, string header) => Assert.Null(Find(s_now.AddSeconds(later), Headers(header)));

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public void FindForgery_OldOrEarly_IsAReplay(int later) => Assert.Contains("clock", Find(s_now.AddSeconds(later), Headers()), StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Fal-Webhook-Request-Id", "r2")]
    [InlineData("X-Fal-Webhook-User-Id", "u2")]
    [InlineData("X-Fal-Webhook-Timestamp", "1772366401")]
    [InlineData("X-Fal-Webhook-Timestamp", "soon")]
    [InlineData("X-Fal-Webhook-Timestamp", "99999999999999999999")]
    [InlineData("X-Fal-Webhook-Signature", "zz")]
    [InlineData("X-Fal-Webhook-Signature", "ee0")]
    [InlineData("X-Fal-Webhook-User-Id", "")]
    public void FindForgery_AnyHeaderChanged_IsAForgery(string name, string value)
    {
        Dictionary<string, string> headers = Headers();
        headers[name] = value;

        Assert.NotNull(Find(s_now, headers));
    }

    [Fact]
    public void FindForgery_BodyWrittenAgain_IsAForgery() =>
        Assert.NotNull(s_host.FindForgery(Headers(), Encoding.UTF8.GetBytes("""{"request_id": "r1","status":"OK"}"""), Jwks, s_now));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"keys":[{"x":"AAAA"}]}""")]
    public void FindForgery_SecretWithoutAKey_IsSaid(string jwks) =>
        Assert.Contains("JWKS", s_host.FindForgery(Headers(), Encoding.UTF8.GetBytes("{}"), jwks, s_now), StringComparison.Ordinal);

    private static string? Find(DateTimeOffset now, Dictionary<string, string> headers) =>
        s_host.FindForgery(headers, Encoding.UTF8.GetBytes("""{"request_id":"r1","status":"OK"}"""), Jwks, now);

    private static Dictionary<string, string> Headers(string signature = "X-Fal-Webhook-Signature") => new()
    {
        ["X-Fal-Webhook-Request-Id"] = "r1",
        ["X-Fal-Webhook-User-Id"] = "u1",
        ["X-Fal-Webhook-Timestamp"] = "1772366400",
        [signature] = Signature,
    };
}

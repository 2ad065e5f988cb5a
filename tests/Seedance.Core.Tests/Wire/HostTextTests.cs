using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

/// <summary>What a host says comes in by one door: decoded, without keys, without commands for the terminal, and bounded.</summary>
public sealed class HostTextTests
{
    private const string Key = TestServices.Key;

    public static TheoryData<string> Spellings()
    {
        string inAddress =
            string.Concat(Encoding.UTF8.GetBytes(Key).Select(letter => "%" + letter.ToString("x2", CultureInfo.InvariantCulture)));
        return
        [
            Key,
            inAddress,
            inAddress.ToUpperInvariant(),
            inAddress.Replace("%", "%25", StringComparison.Ordinal),
            string.Concat(Key.Select(letter => "\\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture))),
            string.Concat(Key.Select(letter => "\\u" + ((int)letter).ToString("X4", CultureInfo.InvariantCulture))),
            string.Concat(Key.Select(letter => "&#" + (int)letter + ";")),
            string.Concat(Key.Select(letter => "&#x" + ((int)letter).ToString("x", CultureInfo.InvariantCulture) + ";")),
            Key.Replace("-", "%2d", StringComparison.Ordinal),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Key)),
        ];
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Answer_EchoesTheKeyInAnySpelling_ComesInWithoutIt(string spelling)
    {
        WireResponse answer = Answer(
            $$$"""{"message":"bad {{{spelling}}}","code":"c-{{{spelling}}}","url":"https://cdn.example/v.mp4?k={{{spelling}}}","list":[{"{{{spelling}}}":"x"}]}""", ("x-request-id", "r-" + spelling));

        WireError fault = HttpErrors.Read(answer);
        string[] all = [fault.Message!, fault.ProviderCode!, answer.RequestId!, answer.Body.Raw!, answer.Excerpt(),
            answer.Body["url"].Address!.AbsoluteUri];

        Assert.All(all, text => Assert.DoesNotContain(spelling, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(all, text => Assert.Contains("***", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sk-&<>'\"/\\+=1", "sk-&amp;&lt;&gt;&apos;&quot;/\\+=1")]
    [InlineData("sk-&<>'\"/\\+=1", "sk-&amp;amp;&#60;&gt;&#x27;&quot;&#47;\\+=1")]
    [InlineData("sk-&<>'\"/\\+=1", "sk-\\u0026\\u003c>'\\\"\\/\\\\+=1")]
    [InlineData("clé-secrète", "cl%c3%a9-secr%C3%A8te")]
    [InlineData("clé-secrète", "cl\\u00e9-secr\\u00E8te")]
    [InlineData("clé-secrète", "cl&#233;-secr&#xE8;te")]
    public void Redact_EachCharacterInAFormOfItsOwn_IsFound(string secret, string spelled) =>
        Assert.Equal("<***>", Redactor.For(secret).Redact("<" + spelled + ">"));

    [Fact]
    public void Answer_HoldsTheKeyWhereTheExcerptIsCut_ShowsNoPartOfIt()
    {
        for (int before = 1900; before <= 2001; before++)
        {
            Assert.DoesNotContain("canary", Answer(new string('x', before) + Key).Excerpt(), StringComparison.Ordinal);
        }

        string many = string.Concat(Enumerable.Repeat(Key, 2000));
        Assert.DoesNotContain("canary", Answer(many).Excerpt(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "canary", HttpErrors.Read(Answer("{\"message\":\"" + new string('x', 490) + Key + "\"}")).Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_CommandsTheTerminal_ComesInWithMarks()
    {
        WireResponse answer = Answer(
            "{\"message\":\"\\u001b]0;owned\\u0007 \\u202eabc\\r\\nerror: fake\",\"\\u001b[31m\":1}", ("x-request-id", "r\u001b[2J"),
            ("Location", "https://x.example/\u202e"));

        Assert.Equal("<U+001B>]0;owned<U+0007> <U+202E>abc error: fake", answer.Body["message"].Text);
        Assert.Equal("r<U+001B>[2J", answer.RequestId);
        Assert.DoesNotContain('\u202e', answer.Header("Location")!);
        Assert.DoesNotContain(answer.Excerpt() + answer.Body.Raw, character => char.IsControl(character) || character == '\u202e');
    }

    [Theory]
    [InlineData("https://cdn.example/v.mp4?X-Amz-Signature=ab%2Bc%3D&X-Amz-Date=2026&e=\\u0026")]
    [InlineData("https://cdn.example/\u96ea/\ud83d\udc68\u200d\ud83d\udc69.mp4")]
    [InlineData("https://cdn.example/a%0Ab.mp4#t=1")]
    public void Address_WithoutTheKey_IsAsTheHostWroteIt(string address)
    {
        WireResponse answer = Answer("{\"url\":\"" + address + "\",\"noise\":\"\\u001b\"}");

        Assert.Equal(
            new Uri(address.Replace("\\u0026", "&", StringComparison.Ordinal)).AbsoluteUri, answer.Body["url"].Address!.AbsoluteUri);
    }

    [Fact]
    public void Answer_InAnotherCharset_IsReadByItsLabel()
    {
        byte[] gbk = [(byte)'"', 0xD3, 0xE0, 0xB6, 0xEE, 0xB2, 0xBB, 0xD7, 0xE3, (byte)'"'];

        Assert.Equal("\u4f59\u989d\u4e0d\u8db3",
            new WireResponse { Status = 402, Bytes = gbk, Headers = Headers(("Content-Type", "application/json; charset=GBK")) }.Body.Text);
        Assert.Equal("x", new WireResponse { Status = 200, Bytes = [0xFF, 0xFE, (byte)'"', 0, (byte)'x', 0, (byte)'"', 0] }.Body.Text);
    }

    [Fact]
    public void Body_NoJson_QuotesNothingOfItInTheCauseEither()
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => Answer("{\"a\":nu l,\"echo\":\"" + Key + "\"}").Body);

        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("byte 8", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("gbk")]
    [InlineData("nonsense")]
    public void Answer_BrokenByteUnderAFalseLabel_StillNamesTheJob(string charset)
    {
        byte[] body = [.. "{\"id\":\"req_1\",\"message\":\""u8, 0xFF, .. " x\"}"u8];

        Assert.Equal("req_1",
            new WireResponse { Status = 429, Bytes = body,
            Headers = Headers(("Content-Type", "application/json; charset=" + charset)) }.Body["id"].Text);
    }

    [Fact]
    public void Answer_HalfAPairAndDigitsAndLongTexts_AreTexts()
    {
        WireResponse answer = new()
        {
            Status = 200,
            Bytes = Encoding.UTF8.GetBytes("{\"half\":\"x\\ud800\",\"number\":123456789012,\"long\":\"" + new string('y', 100_000) + "\"}"),
            Redactor = Redactor.For("123456789012"),
        };

        Assert.Equal("\uFFFD", answer.Body["half"].Text);
        Assert.Equal("***", answer.Body["number"].Text);
        Assert.InRange(answer.Body["long"].Text!.Length, 60_000, 70_000);
    }

    private static WireResponse Answer(string body, params (string Name, string Value)[] headers) => new()
    {
        Status = 400,
        Bytes = Encoding.UTF8.GetBytes(body),
        Headers = Headers(headers),
        Redactor = Redactor.For(Key),
    };

    private static Dictionary<string, string> Headers(params (string Name, string Value)[] headers) =>
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
}

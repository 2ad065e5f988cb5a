using Seedance.Accounts;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Transport;

/// <summary>What a refusal is called, and what to do about it, hang on what was asked: every verb is walked through every code.</summary>
public sealed class ProviderErrorsTests
{
    private static readonly ErrorCode[] s_codes =
    [
        ErrorCode.AuthenticationFailed, ErrorCode.AccessDenied, ErrorCode.InsufficientCredits, ErrorCode.ContentRejected,
        ErrorCode.RateLimited, ErrorCode.SlotTimeout,
        ErrorCode.JobNotFound, ErrorCode.ModelNotFound, ErrorCode.ProviderUnavailable, ErrorCode.ProtocolError, ErrorCode.InvalidRequest,
    ];

    private static readonly SeedanceJob s_job = new() { Id = "20261125-120000-abcdefg", ProviderJobId = "p1" };

    public static MatrixTheoryData<string, string> Walk => new(Enum.GetNames<ProviderVerb>(), s_codes.Select(code => code.ToString()));

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 400, "Parameter wrong: duration", "Parameter wrong: duration" },
        { 400, """{"Error":"duration is too long"}""", "duration is too long" },
        { 400, """{"Errors":[{"Message":"one"},"two"]}""", "one; two" },
        { 400, """["first","second"]""", "first; second" },
        { 400, """{"Message":"no","code":7}""", "no" },
        { 422, """{"reasons":{"a":1}}""", """{"reasons":{"a":1}}""" },
        { 502, "<html><head><title>502</title><style>p{}</style></head><body><h1>Bad\n gateway</h1></body></html>", "502 Bad gateway" },
    };

    [Theory]
    [MemberData(nameof(Walk))]
    public void From_EveryVerbAndCode_SaysWhatHappenedAndSomethingElseToDo(string verbName, string codeName)
    {
        ProviderCall call = Call(Enum.Parse<ProviderVerb>(verbName));
        SeedanceException error = ProviderErrors.From(
            Account(), new WireError(Enum.Parse<ErrorCode>(codeName)) { Message = "their words" }, Answer(418, "{}"), call);
        string advice = error.RecommendedAction!;

        Assert.StartsWith("Muapi ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" while " + call.Words + " (HTTP 418): their words", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z][^\s].*\.$", advice);
        Assert.DoesNotContain("  ", advice, StringComparison.Ordinal);
        Assert.DoesNotContain(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(call.IsBeforeSubmit,
            advice.Contains("spent", StringComparison.Ordinal) || advice.Contains("-Concurrency", StringComparison.Ordinal)
            || IsUncertain(call, error));
        Assert.True(call.MeansModel || !advice.Contains("request;", StringComparison.Ordinal), advice);
        Assert.True(call.IsAboutJob || error.Code != ErrorCode.JobNotFound, "There is no job yet, or none is meant: " + advice);
        Assert.True(call.MeansModel || error.Code != ErrorCode.ModelNotFound || codeName == nameof(ErrorCode.ModelNotFound));
        Assert.False(call.Verb == ProviderVerb.Balance && advice.Contains("Get-SeedanceCredits", StringComparison.Ordinal),
            "It leads back to itself.");
        Assert.False(
            call.Verb == ProviderVerb.Cancel && advice.Contains("Stop-SeedanceJob", StringComparison.Ordinal), "It leads back to itself.");
    }

    [Theory]
    [InlineData(nameof(ProviderVerb.Poll), false)]
    [InlineData(nameof(ProviderVerb.Balance), false)]
    [InlineData(nameof(ProviderVerb.Submit), true)]
    [InlineData(nameof(ProviderVerb.Upload), true)]
    public void From_BrokenConnection_MayHaveArrivedOnlyWhereThatMatters(string verb, bool tells)
    {
        SeedanceException error = ProviderErrors.From(
            Account(), new TransportException("reset", mayHaveArrived: true, null), Call(Enum.Parse<ProviderVerb>(verb)));

        Assert.Equal(tells, error.Message.Contains("may have arrived", StringComparison.Ordinal));
        Assert.NotEmpty(error.RecommendedAction!);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void From_RefusalInAnyForm_ShowsWhatTheHostSaid(int status, string body, string said)
    {
        foreach (IProviderAdapter adapter in ProviderRegistry.All)
        {
            WireResponse response = Answer(status, body);
            SeedanceException error = ProviderErrors.From(
                TestServices.Account(adapter), adapter.ReadError(response), response, ProviderCall.Submit);

            Assert.EndsWith(": " + said, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("text/plain; charset=gbk", 400, true)]
    [InlineData("text/plain; charset=GB2312", 200, true)]
    [InlineData("text/plain", 400, true)]
    [InlineData("text/plain; charset=nonsense", 400, true)]
    [InlineData("text/plain", 200, false)]
    public void Decode_ChineseOfAGateway_IsReadable(string type, int status, bool readable)
    {
        byte[] sent = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("余额不足");

        Assert.Equal(readable, HostText.Decode(sent, type, isRefusal: status >= 300) == "余额不足");
    }

    [Fact]
    public void Decode_Utf8OrBrokenUtf8_IsNotTakenForChinese()
    {
        byte[] broken = [.. "{\"id\":\"x"u8, 0xC3, 0xFF, .. "\"}"u8];

        Assert.Equal("余额不足 é", HostText.Decode(Encoding.UTF8.GetBytes("余额不足 é"), null, isRefusal: true));
        Assert.Contains('\uFFFD', HostText.Decode(broken, null, isRefusal: true));
    }

    /// <summary>What nobody knows of a submit is told by the job that becomes unconfirmed.</summary>
    private static bool IsUncertain(ProviderCall call, SeedanceException error) =>
        call.Verb == ProviderVerb.Submit && error.Code is ErrorCode.ProviderUnavailable or ErrorCode.ProtocolError;

    private static Account Account() => TestServices.Account(ProviderRegistry.Find("Muapi"));

    private static ProviderCall Call(ProviderVerb verb) => verb switch
    {
        ProviderVerb.Submit => ProviderCall.Submit,
        ProviderVerb.Question => ProviderCall.Question,
        ProviderVerb.Estimate => ProviderCall.Estimate,
        ProviderVerb.Upload => ProviderCall.Upload("/tmp/a.png"),
        ProviderVerb.Poll => ProviderCall.Poll(s_job),
        ProviderVerb.Cancel => ProviderCall.Cancel,
        ProviderVerb.List => ProviderCall.List,
        _ => ProviderCall.Balance,
    };
}

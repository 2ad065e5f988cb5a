using System.Collections;
using Seedance.Input;
using Seedance.Jobs.Callbacks;

namespace Seedance.Core.Tests.Input;

public sealed class CallbackInputTests
{
    private const string Callback = """{"id":"req_1","status":"completed"}""";

    private const string WebhookData =
        """{"WebhookName":"done","RequestBody":"{\"id\":\"req_1\",\"status\":\"completed\"}","RequestHeader":{"Content-Type":"application/json","webhook-id":"msg_1"}}""";

    [Fact]
    public void Read_WebhookDataAsText_IsItsBodyAndItsHeaders()
    {
        ReceivedCallback callback = CallbackInput.Read(WebhookData, null, null, null);

        Assert.Equal(Callback, Encoding.UTF8.GetString(callback.Body));
        Assert.Equal("msg_1", callback.Headers["Webhook-Id"]);
    }

    public static TheoryData<object> OtherForms =>
    [
        Encoding.UTF8.GetBytes(WebhookData),
        Encoding.UTF8.GetBytes("\uFEFF" + WebhookData),
        new object?[] { WebhookData.Substring(0, 21), WebhookData.Substring(21) },
        """{"RequestBody":{"id":"req_1","status":"completed"},"RequestHeader":null}""",
        new Dictionary<string, object?> {
            ["RequestBody"] = new Dictionary<string, object?> { ["id"] = "req_1", ["status"] = "completed" } },
    ];

    [Theory]
    [MemberData(nameof(OtherForms), DisableDiscoveryEnumeration = true)]
    public void Read_WebhookDataInAnotherForm_IsItsBody(object body) =>
        Assert.Equal(Callback, Encoding.UTF8.GetString(CallbackInput.Read(body, null, null, null).Body));

    [Fact]
    public void Read_HeadersThatWereGiven_WinOverThoseInside() => Assert.Equal(
        "mine", CallbackInput.Read(
            WebhookData, new Dictionary<string, object?> { ["webhook-id"] = "mine" }, null, null).Headers["webhook-id"]);

    /// <summary>ConvertFrom-Json makes dates of text, and other readers spans and GUIDs.</summary>
    [Fact]
    public void Read_ObjectWithDatesSpansAndIds_IsJsonAgain()
    {
        Dictionary<string, object?> body = new()
        {
            ["id"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            ["completed_at"] = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc),
            ["started_at"] = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            ["took"] = TimeSpan.FromSeconds(90),
            ["big"] = System.Numerics.BigInteger.Parse("12345678901234567890123", System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(
            """{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","completed_at":"2026-03-01T12:00:00.0000000Z","started_at":"2026-03-01T12:00:00.0000000+02:00","took":"00:01:30","big":12345678901234567890123}""",
            Encoding.UTF8.GetString(CallbackInput.Read(body, null, null, null).Body).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    public static TheoryData<object> Headers =>
    [
        new System.Net.WebHeaderCollection { { "webhook-id", "msg_1" }, { "X-Two", "a" } },
        new System.Collections.Specialized.NameValueCollection { { "Webhook-Id", "msg_1" } },
        new Dictionary<string, object?> { ["WEBHOOK-ID"] = new object?[] { "msg_1" } },
        new Hashtable { ["webhook-id"] = "msg_1" },
        new HttpRequestMessage { Headers = { { "webhook-id", "msg_1" } } }.Headers,
    ];

    [Theory]
    [MemberData(nameof(Headers), DisableDiscoveryEnumeration = true)]
    public void Read_HeadersAsListenersGiveThem_AreRead(object headers) =>
        Assert.Equal("msg_1", CallbackInput.Read(Callback, headers, null, null).Headers["webhook-id"]);

    [Fact]
    public void Read_WhatIsNoTableOfHeaders_SaysSo() =>
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Throws<SeedanceException>(() => CallbackInput.Read(Callback, 42, null, null)).Code);

    [Fact]
    public void Read_ObjectWithASecret_CannotBeChecked()
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(
            () => CallbackInput.Read(new Dictionary<string, object?> { ["id"] = "p1" }, null, "whsec_x", null));

        Assert.Contains("as text or bytes", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Callback)]
    [InlineData("RequestBody")]
    [InlineData("[{\"RequestBody\":\"x\"}]")]
    [InlineData("{\"RequestBody\":\"x\"")]
    [InlineData("{\"RequestBody\":\"\\ud800\"}")]
    [InlineData("{\"id\":\"RequestBody\"}")]
    public void Read_AnyOtherText_IsTheBodyAsItCame(string body) =>
        Assert.Equal(body, Encoding.UTF8.GetString(CallbackInput.Read(body, null, null, null).Body));
}

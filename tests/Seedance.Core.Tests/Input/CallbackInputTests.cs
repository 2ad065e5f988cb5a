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
        new Dictionary<string, object?> { ["RequestBody"] = new Dictionary<string, object?> { ["id"] = "req_1", ["status"] = "completed" } },
    ];

    [Theory]
    [MemberData(nameof(OtherForms), DisableDiscoveryEnumeration = true)]
    public void Read_WebhookDataInAnotherForm_IsItsBody(object body) =>
        Assert.Equal(Callback, Encoding.UTF8.GetString(CallbackInput.Read(body, null, null, null).Body));

    [Fact]
    public void Read_HeadersThatWereGiven_WinOverThoseInside() => Assert.Equal(
        "mine", CallbackInput.Read(WebhookData, new Dictionary<string, object?> { ["webhook-id"] = "mine" }, null, null).Headers["webhook-id"]);

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

using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>A 4xx that a gateway may have made up is believed only in the shape that the host's documents give to its refusals.</summary>
public sealed class OwnRefusalTests
{
    private const string Page = "<html><body>Bad Request</body></html>";

    /// <summary>Each host's shapes, from its page in docs/providers.</summary>
    private static readonly Dictionary<string, string[]> s_own = new()
    {
        ["Muapi"] =
        [
            """{"detail":"The prompt violates our content policy."}""", """{"detail":[{"type":"missing","loc":["body","image_url"],"msg":"Field required"}]}""",
            """{"status":"error","error":"bad range"}""",
        ],
        ["Wireflow"] = ["""{"error":"Invalid graph"}""", """{"error":{"type":"invalid","code":"invalid_graph","message":"Invalid graph"}}"""],
        ["ModelsLab"] = ["""{"status":"error","message":"The prompt field is required."}""", """{"status":"error","messege":{"prompt":["is required"]}}"""],
        ["AtlasCloud"] = ["""{"code":402,"msg":"insufficient balance"}""", """{"code":400,"message":"bad field"}""", """{"error":"bad field"}"""],
        ["Apiyi"] = ["""{"error":{"code":"InvalidParameter","message":"duration"}}""", """{"error":{"message":"quota","type":"api_error","code":null}}"""],
        ["BytePlus"] = ["""{"error":{"code":"InvalidParameter","message":"duration","param":"","type":"BadRequest"}}"""],
        ["Volcengine"] = ["""{"error":{"code":"InvalidParameter","message":"duration","param":"","type":"BadRequest"}}"""],
        ["Seedance2Ai"] = ["""{"message":"Insufficient credits","required":200,"available":50}""", """{"error":{"message":"duration"}}""", """{"error":"duration"}"""],
        ["Fal"] = ["""{"detail":"Bad","error_type":"bad_request"}""", """{"detail":[{"loc":["body","prompt"],"msg":"too long","type":"string_too_long"}]}"""],
        ["Replicate"] = ["""{"title":"Input validation failed","detail":"- input.duration","status":422,"type":"about:blank"}"""],
        ["Simulator"] = ["""{"error":{"code":"invalid_request","message":"duration"}}"""],
    };

    /// <summary>What gateways, proxies and CDNs answer with.</summary>
    private static readonly string[] s_others =
    [
        Page, string.Empty, "upstream request failed", "{}", "[]", "null", "\"Bad Request\"", "{\"detail\"", """{"error":{}}""", """{"detail":""}""",
        """{"fault":{"faultstring":"Bad request","detail":{"errorcode":"protocol.http"}}}""", """{"success":false,"errors":[{"code":1003}]}""", """{"trace":"1"}""",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Refusal_InTheHostsOwnJson_IsBelieved_AndNobodyElses(string provider)
    {
        Assert.All(s_own[provider], body => Assert.Equal(SubmitOutcome.Rejected, OutcomeAsync(provider, 422, body).Result));
        Assert.All(s_own[provider], body => Assert.Equal(SubmitOutcome.Rejected, OutcomeAsync(provider, 400, body).Result));
        Assert.All(s_others, body => Assert.Equal(SubmitOutcome.Ambiguous, OutcomeAsync(provider, 400, body).Result));
        Assert.All(s_others, body => Assert.Equal(SubmitOutcome.Ambiguous, OutcomeAsync(provider, 402, body).Result));
        Assert.Equal(SubmitOutcome.Rejected, await OutcomeAsync(provider, 404, Page));
    }

    [Theory]
    [InlineData("Muapi")]
    [InlineData("Wireflow")]
    [InlineData("ModelsLab")]
    [InlineData("AtlasCloud")]
    [InlineData("Apiyi")]
    [InlineData("BytePlus")]
    [InlineData("Fal")]
    [InlineData("Replicate")]
    public async Task ApiGatewaysMessage_IsNoWordOfTheHost(string provider) =>
        Assert.Equal(SubmitOutcome.Ambiguous, await OutcomeAsync(provider, 400, """{"message":"Bad request"}"""));

    private static async Task<SubmitOutcome> OutcomeAsync(string provider, int status, string body)
    {
        ScriptedHandler host = new() { Otherwise = _ => ScriptedHandler.Response(status, body) };
        using TestServices kit = new(host);
        Account account = TestServices.Account(ProviderRegistry.Find(provider)!);
        SubmitSender sender = new(kit.Services.Client);
        WireRequest request = WireRequest.Post("tasks", new JsonObject { ["prompt"] = "a fox" });
        SubmitAttempt attempt = await sender.SendAsync(
            account, request, new SubmitIntent(EveryStatusTests.OneRecord.Store(), "job"), new SubmitOptions { SlotTimeout = TimeSpan.Zero }, kit.Output, Stop);
        return attempt.Outcome;
    }
}

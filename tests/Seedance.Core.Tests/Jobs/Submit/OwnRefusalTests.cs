using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Core.Tests.Providers;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>
/// A 4xx that a gateway may have made up is believed only in the shape that the host's documents give to its refusals: its transcripts have
/// them.
/// </summary>
public sealed class OwnRefusalTests
{
    private const string Page = "<html><body>Bad Request</body></html>";

    /// <summary>What gateways, proxies and CDNs answer with.</summary>
    private static readonly string[] s_others =
    [
        Page, string.Empty, "upstream request failed", "{}", "[]", "null", "\"Bad Request\"", "{\"detail\"", """{"error":{}}""",
        """{"detail":""}""",
        """{"fault":{"faultstring":"Bad request","detail":{"errorcode":"protocol.http"}}}""",
        """{"success":false,"errors":[{"code":1003}]}""", """{"trace":"1"}""",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Refusal_InTheHostsOwnJson_IsBelieved_AndNobodyElses(string provider)
    {
        Assert.All(WireText.Lines(provider, "refusals.jsonl"),
            body => Assert.Equal(SubmitOutcome.Rejected, OutcomeAsync(provider, 422, body).Result));
        Assert.All(WireText.Lines(provider, "refusals.jsonl"),
            body => Assert.Equal(SubmitOutcome.Rejected, OutcomeAsync(provider, 400, body).Result));
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
            account, request, new SeedanceJob { Id = "job" }, new SubmitIntent(EveryStatusTests.OneRecord.Store(), "job"),
            new SubmitOptions { SlotTimeout = TimeSpan.Zero }, kit.Output, Stop);
        return attempt.Outcome;
    }
}

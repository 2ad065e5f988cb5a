using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Transport;

public sealed class BodyTextTests
{
    private static readonly string s_media = "data:image/png;base64," + new string('A', 500_000);

    [Fact]
    public void Of_OrdinaryBody_IsWholeAndAsItIsSent()
    {
        JsonObject body =
            JsonNode.Parse("""{"prompt":"a fox","seconds":5,"flag":true,"none":null,"list":["https://ex.org/a.png",1.5]}""")!.AsObject();

        Assert.Equal(body.ToJsonString(), BodyText.Of(body, Redactor.None));
    }

    [Fact]
    public void Of_MediaInTheBody_AreNamedByTheirLength()
    {
        JsonObject body = new() { ["content"] = new JsonArray(new JsonObject { ["image_url"] = new JsonObject { ["url"] = s_media } }) };

        string text = BodyText.Of(body, Redactor.None);

        Assert.Equal("""{"content":[{"image_url":{"url":"data:image/png;base64,... (500000 more characters)"}}]}""", text);
        Assert.Equal(s_media, (string?)body["content"]![0]!["image_url"]!["url"]);
    }

    [Fact]
    public void Of_LongText_IsCutBehindItsBeginning()
    {
        string text = BodyText.Of(new JsonObject { ["prompt"] = new string('p', 20_000) }, Redactor.None);

        Assert.StartsWith("{\"prompt\":\"ppp", text, StringComparison.Ordinal);
        Assert.Contains("(19000 more characters)", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1000, 1100);
    }

    [Fact]
    public void Of_ManyFields_IsBoundedAsAWhole()
    {
        JsonObject body =
            new() { ["urls"] = new JsonArray(
            [.. Enumerable.Range(0, 1000).Select(i => (JsonNode?)JsonValue.Create("https://ex.org/" + new string('a', 100) + i))]) };

        Assert.InRange(BodyText.Of(body, Redactor.None).Length, 16_000, 16_100);
    }

    [Fact]
    public void Of_SecretWhereALongTextIsCut_IsMaskedWhole()
    {
        const string Secret = "key-0123456789";
        JsonObject body = new() { ["prompt"] = new string('p', 995) + Secret + new string('q', 100), ["key"] = Secret };

        Assert.DoesNotContain("key-0", BodyText.Of(body, Redactor.For(Secret)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_MediaInTheMessage_DoNotFloodTheDebugStream()
    {
        using ScriptedHandler network = new();
        network.Answer(200, """{"id":"cgt-1"}""");
        using TestServices kit = new(network);
        VideoRequest request = new() { Prompt = "a fox", Model = "seedance-2.0", Image = s_media };

        await new SubmitVideo(kit.Services).RunAsync(
            PrepareSubmit.Run(TestServices.Account(ProviderRegistry.Find("BytePlus")!), request), new SubmitOptions(), kit.Output,
            TestContext.Current.CancellationToken);

        Assert.Contains(s_media, network.Requests[0].Body, StringComparison.Ordinal);
        Assert.All(kit.Output.Of("debug"), line => Assert.InRange(((string)line).Length, 1, 20_000));
    }
}

using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class ReuseTests : FailoverSuite
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_SecondRunOfWhatTheSecondTook_AttachesToIt(bool reuse)
    {
        SubmitOptions options = reuse ? new SubmitOptions { Reuse = true } : new SubmitOptions { ClientToken = "row-1" };
        Network.Answer(402, ScriptedHandler.Refusal).Answer(200, Accepted);
        await SubmitAsync(options: options);
        await SubmitAsync(options: options);

        Assert.Equal(2, Network.Requests.Count);
        Assert.Equal(Kit.Output.Jobs[0].Id, Kit.Output.Jobs[1].Id);
        Assert.Empty(Kit.Output.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_TakersKeyIsMissingByNow_GivesTheJobThatExists(bool reuse)
    {
        Kit.Variables["MUAPI_API_KEY"] = Kit.Variables["REPLICATE_API_TOKEN"] = TestServices.Key;
        SubmitOptions options = reuse ? new SubmitOptions { Reuse = true } : new SubmitOptions { ClientToken = "row-1" };
        Network.Answer(402, ScriptedHandler.Refusal).Answer(201, """{"id":"p1","status":"starting"}""");
        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, RealRequest);
        Kit.Variables.Remove("REPLICATE_API_TOKEN");

        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, RealRequest);

        Assert.Empty(Kit.Output.Errors);
        Assert.Equal("Replicate", Kit.Output.Jobs[0].Provider);
        Assert.Equal(Kit.Output.Jobs[0].Id, Kit.Output.Jobs[1].Id);
        Assert.Contains("key", Assert.Single(Kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Network.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_TakersKeyIsMissingAndItsAddressIsAnother_TakesNoStrangersJob()
    {
        Kit.Variables["MUAPI_API_KEY"] = Kit.Variables["REPLICATE_API_TOKEN"] = TestServices.Key;
        SubmitOptions options = new() { Reuse = true };
        Network.Answer(402, ScriptedHandler.Refusal).Answer(201, """{"id":"p1","status":"starting"}""");
        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, RealRequest);
        Kit.Variables.Remove("REPLICATE_API_TOKEN");
        Kit.Variables["SEEDANCE_REPLICATE_URL"] = "https://gateway.example/replicate";

        await SubmitAsync([Real("Muapi"), Real("Replicate")], options, RealRequest);

        Assert.Single(Kit.Output.Jobs);
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(2, Network.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_SecondRunByProfilesThatTheSecondTook_AttachesToIt()
    {
        Kit.Variables["MUAPI_API_KEY"] = TestServices.Key;
        Kit.Services.Profiles.Save(new SeedanceProfile { Name = "one", Provider = "Muapi" });
        Kit.Services.Profiles.Save(new SeedanceProfile { Name = "two", Provider = "Muapi" });
        SubmitOptions options = new() { Reuse = true };
        Network.Answer(402, ScriptedHandler.Refusal).Answer(200, """{"request_id":"r1","status":"processing"}""");
        await SubmitAsync([Real("one", isProfile: true), Real("two", isProfile: true)], options, RealRequest);
        await SubmitAsync([Real("one", isProfile: true), Real("two", isProfile: true)], options, RealRequest);

        Assert.Empty(Kit.Output.Errors);
        Assert.Equal("two", Kit.Output.Jobs[0].Profile);
        Assert.Equal(Kit.Output.Jobs[0].Id, Kit.Output.Jobs[1].Id);
    }

    [Fact]
    public async Task Reuse_SameRequestTwice_AttachesAndOthersDoNot()
    {
        Network.Otherwise = _ => ScriptedHandler.Response(200, "{\"id\":\"" + Guid.NewGuid().ToString("N") + "\"}");
        await OneAsync(PlainRequest, 0);
        await OneAsync(PlainRequest, 0);
        Assert.Single(Network.Requests);

        await OneAsync(PlainRequest, 1);
        await OneAsync(PlainRequest with { Seed = 4 }, 0);
        await OneAsync(PlainRequest, 0, profile: "p2");
        Assert.Equal(4, Network.Requests.Count);
        Assert.Equal(4, Kit.Output.Jobs.Select(job => job.Id).Distinct().Count());
    }

    [Fact]
    public async Task Reuse_LocalFile_CountsByItsContentAndNotItsPlace()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8];
        string here = Path.Combine(Kit.Home, "a.png"), there = Path.Combine(Kit.Home, "b.png");
        await File.WriteAllBytesAsync(here, picture, Stop);
        await File.WriteAllBytesAsync(there, picture, Stop);
        string first = await TokenAsync(here);
        Assert.Equal(first, await TokenAsync(there));

        await File.WriteAllBytesAsync(there, [.. picture, 9], Stop);
        Assert.NotEqual(first, await TokenAsync(there));

        static Task<string> TokenAsync(string path) => ReuseToken.OfAsync("acme", PlainRequest with { ReferenceImages = [path] }, 0, Stop);
    }

    [Fact]
    public async Task Reuse_OptionsInAnotherOrder_AreTheSameRequest()
    {
        string first = await ReuseToken.OfAsync(
            "acme", PlainRequest with { Options = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2 } }, 0, Stop);
        string second = await ReuseToken.OfAsync(
            "acme", PlainRequest with { Options = new Dictionary<string, object?> { ["b"] = 2, ["a"] = 1 } }, 0, Stop);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Next_EqualRequests_AreCounted()
    {
        RequestCounter counter = new();
        VideoRequest With(string reference) =>
            PlainRequest with { ReferenceImages = [reference], Options = new Dictionary<string, object?> { ["a"] = 1 } };

        (string?, string?)[] one = [(null, "Muapi")], other = [(null, "Seedance2Ai")];
        Assert.Equal([0, 1, 0, 2],
            new[] { counter.Next(one, With("x")), counter.Next(one, With("x")), counter.Next(one, With("y")),
            counter.Next(one, With("x")) });
        Assert.Equal(0, counter.Next(other, With("x")));
    }
}

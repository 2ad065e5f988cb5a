using System.IO.Compression;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Store;
using Seedance.Support;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Support;

public sealed class SupportBundleTests : IDisposable
{
    private const string Canary = "canary-key-of-somebody-42";
    private const string Password = "canary-password-43";
    private const string Prompt = "my grandmother in the garden";
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public SupportBundleTests()
    {
        _ = new AcmeHost(_network);
        _kit = new TestServices(_network);
        _kit.Variables["MUAPI_API_KEY"] = Canary;
        _kit.Variables["SEEDANCE_MUAPI_URL"] = "https://me:" + Password + "@proxy.example/muapi?token=" + Password;
        _kit.Variables["HTTPS_PROXY"] = "http://me:" + Password + "@proxy.example:3128";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task GatherAsync_KeysAndPromptsAtHand_AreInNoFile()
    {
        _network.Otherwise = _ => ScriptedHandler.Response(201, $$"""{"id":"task-1","echo":"{{TestServices.Key}} {{Canary}}"}""");
        SeedanceJob job = await SubmitAsync();

        IReadOnlyList<(string Name, string Text)> files = await GatherAsync();

        Assert.Equal(
            ["versions.json", "settings.json", "profiles.json", "store.json", "jobs/" + job.Id + ".json"], files.Select(file => file.Name));
        Assert.All(files,
            file => Assert.All(
            [Canary, Password, TestServices.Key, Prompt], secret => Assert.DoesNotContain(secret, file.Text, StringComparison.Ordinal)));
        Assert.Contains("\"MUAPI_API_KEY\": \"set\"", files[1].Text, StringComparison.Ordinal);
        Assert.Contains("https://proxy.example/muapi", files[1].Text, StringComparison.Ordinal);
        Assert.Contains("Acme took it as task-1.", files[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me:canary-password-43@proxy.example:3128")]
    [InlineData(@"CORP\me:canary-password-43@proxy.example:3128")]
    public async Task GatherAsync_ProxyWithoutAScheme_IsShownWithoutItsPassword(string proxy)
    {
        _kit.Variables["HTTPS_PROXY"] = proxy;

        IReadOnlyList<(string Name, string Text)> files = await GatherAsync();

        Assert.Contains("***@proxy.example:3128", files[1].Text, StringComparison.Ordinal);
        Assert.All(files, static file => Assert.DoesNotContain(Password, file.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GatherAsync_JobsByTheirNames_AreThoseAlone()
    {
        SeedanceJob one = await SubmitAsync();
        await SubmitAsync();
        RecordingOutput output = new();

        IReadOnlyList<(string Name, string Text)> files = await Bundle().GatherAsync(
            [one.Id, "20260301-120000-0000000"], new Dictionary<string, string>(StringComparer.Ordinal), output, Stop);

        Assert.Equal(
            "jobs/" + one.Id + ".json", Assert.Single(files, file => file.Name.StartsWith("jobs/", StringComparison.Ordinal)).Name);
        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(output.Errors).Code);
    }

    [Fact]
    public async Task GatherAsync_StoreThatCannotBeRead_IsToldOfInTheOtherFiles()
    {
        await SubmitAsync();
        _kit.Rows.Run("alter table job rename to gone");

        IReadOnlyList<(string Name, string Text)> files = await GatherAsync();

        Assert.Equal(["versions.json", "settings.json", "profiles.json", "store.json"], files.Select(file => file.Name));
        Assert.DoesNotContain("\"problems\": []", files[3].Text, StringComparison.Ordinal);
        Assert.Contains("no jobs", Assert.Single(_kit.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Files_AreAZipThatReplacesNothing()
    {
        string path = Path.Combine(_kit.Home, "b.zip");
        SupportBundle.Write(path, await GatherAsync());

        using (ZipArchive zip = await ZipFile.OpenReadAsync(path, Stop))
        {
            Assert.Contains(zip.Entries, entry => entry.FullName == "store.json");
        }

        SeedanceException error = Assert.Throws<SeedanceException>(() => SupportBundle.Write(path, []));
        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
    }

    private SupportBundle Bundle() => new(_kit.Services, new StoreChoice(Variable, _kit.Home), Variable);

    private string? Variable(string name) => _kit.Variables.GetValueOrDefault(name);

    private Task<IReadOnlyList<(string Name, string Text)>> GatherAsync() =>
        Bundle().GatherAsync([], new Dictionary<string, string>(StringComparer.Ordinal) { ["module"] = "1.2.3" }, _kit.Output, Stop);

    private async Task<SeedanceJob> SubmitAsync()
    {
        RecordingOutput output = new();
        await new SubmitVideo(_kit.Services).RunAsync(
            PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = Prompt, Model = "acme-1" }), new SubmitOptions(), output,
            Stop);
        return Assert.Single(output.Jobs);
    }
}

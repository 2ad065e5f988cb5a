using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Submit;
using Seedance.Providers;
using Seedance.Simulator;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Transport;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Query;

public sealed class ListAtProviderTests : IDisposable
{
    private readonly SimulatorHandler _network = new(new SimulatorEngine(new SimulatorOptions { Balance = 1000 }));
    private readonly TestServices _kit;

    public ListAtProviderTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _kit.Dispose();
        _network.Dispose();
    }

    [Theory]
    [InlineData("Replicate", "replicate")]
    [InlineData("BytePlus", "byteplus")]
    public async Task RunAsync_JobsMadeHereAndElsewhere_AreBothListedAndNothingIsRecorded(string provider, string prefix)
    {
        Account account = Account(provider, prefix);
        await SubmitAsync(_kit, account, "made here");
        using TestServices elsewhere = new(_network);
        await SubmitAsync(elsewhere, account, "made elsewhere");
        _kit.Output.Clear();

        await new ListAtProvider(_kit.Services).RunAsync(account, newest: null, _kit.Output, Stop);

        Assert.Equal(2, _kit.Output.Jobs.Count);
        Assert.All(_kit.Output.Jobs, job => Assert.True(job.IsSimulated));
        Assert.Single(_kit.Output.Jobs, job => job.Id.Length > 0 && job.Prompt == "made here");
        SeedanceJob stranger = Assert.Single(_kit.Output.Jobs, job => job.Id.Length == 0);
        Assert.Equal((elsewhere.Output.Jobs[0].ProviderJobId, "seedance-2.0"), (stranger.ProviderJobId, stranger.Model));
        Assert.Null(await _kit.Services.Store.FindByProviderJobIdAsync(provider, stranger.ProviderJobId!, Stop));
    }

    [Fact]
    public async Task RunAsync_NewestOne_IsOne()
    {
        Account account = Account("Replicate", "replicate");
        await SubmitAsync(_kit, account, "first");
        await SubmitAsync(_kit, account, "second");
        _kit.Output.Clear();

        await new ListAtProvider(_kit.Services).RunAsync(account, newest: 1, _kit.Output, Stop);

        Assert.Equal("second", Assert.Single(_kit.Output.Jobs).Prompt);
    }

    [Fact]
    public async Task RunAsync_HostWithoutAList_IsNotSupported()
    {
        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(
            () => new ListAtProvider(_kit.Services).RunAsync(Account("Muapi", "muapi"), newest: null, _kit.Output, Stop));

        Assert.Equal(ErrorCode.NotSupportedByProvider, error.Code);
    }

    private static Account Account(string provider, string prefix) =>
        new(ProviderRegistry.Find(provider)!, new Uri("http://simulator.invalid/" + prefix), TestServices.Key) { Concurrency = 5 };

    private static async Task SubmitAsync(TestServices kit, Account account, string prompt)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(
            account, new VideoRequest { Prompt = prompt, Model = "seedance-2.0", DurationSeconds = 5, Resolution = "480p" });
        await new SubmitVideo(kit.Services).RunAsync(prepared, new SubmitOptions(), kit.Output, Stop);
        Assert.Equal(prompt, kit.Output.Jobs[^1].Prompt);
    }
}

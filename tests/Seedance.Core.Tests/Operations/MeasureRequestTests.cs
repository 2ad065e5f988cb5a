using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Operations;
using Seedance.Providers;
using Seedance.TestKit;
using Xunit;

namespace Seedance.Core.Tests.Operations;

public sealed class MeasureRequestTests : IDisposable
{
    private static readonly VideoRequest s_request = new() { Prompt = "a fox", Model = "seedance-acme", DurationSeconds = 10, Resolution = "480p" };
    private readonly TaskHost _host;
    private readonly TestServices _kit;

    public MeasureRequestTests()
    {
        ManualTimeProvider time = new();
        _host = new TaskHost(time);
        _kit = new TestServices(_host, time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_PriceList_IsListedAndAsksNobody()
    {
        SeedanceEstimate estimate = await MeasureAsync(new RichAcmeAdapter(), s_request);

        Assert.Equal((1.0m, "USD", "Acme's list", EstimateConfidence.Listed), (estimate.Cost, estimate.Unit, estimate.Source, estimate.Confidence));
        Assert.Equal(("Acme", "seedance-acme", "acme-1", true), (estimate.Provider, estimate.Model, estimate.WireModel, estimate.IsPossible));
        Assert.Empty(_host.Log);
        Assert.False(Directory.Exists(Path.Combine(_kit.Home, "jobs")));
    }

    [Fact]
    public async Task RunAsync_HostHasAnEstimate_TheHostsFigureWins()
    {
        RichAcmeAdapter adapter = new();
        SeedanceEstimate estimate = await MeasureAsync(adapter, s_request, () => TestServices.Account(adapter));

        Assert.Equal((0.42m, EstimateConfidence.HostEstimate, "Acme's answer"), (estimate.Cost, estimate.Confidence, estimate.Source));
        Assert.Equal(["POST /api/price"], _host.Log);
    }

    [Fact]
    public async Task RunAsync_NoKeyForTheHost_FallsBackToTheListAndSaysWhy()
    {
        SeedanceEstimate estimate = await MeasureAsync(
            new RichAcmeAdapter(), s_request, () => throw new SeedanceException(ErrorCode.CredentialMissing, "There is no key for Acme."));

        Assert.Equal((1.0m, EstimateConfidence.Listed), (estimate.Cost, estimate.Confidence));
        Assert.Contains("no key", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NobodyKnows_IsUnknownAndNotZero()
    {
        SeedanceEstimate estimate = await MeasureAsync(new AcmeAdapter(), s_request with { Model = "acme-unlisted" });

        Assert.Null(estimate.Cost);
        Assert.Equal((EstimateConfidence.Unknown, true), (estimate.Confidence, estimate.IsPossible));
        Assert.NotNull(estimate.Reason);
    }

    [Fact]
    public async Task RunAsync_ProviderCannotTakeIt_SaysWhyNot()
    {
        SeedanceEstimate estimate = await MeasureAsync(new AcmeAdapter(), s_request with { DurationSeconds = 60 });

        Assert.False(estimate.IsPossible);
        Assert.Null(estimate.Cost);
        Assert.Contains("60", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EveryProviderOfTheRegistry_PricesOrSaysWhyNot()
    {
        foreach (IProviderAdapter adapter in ProviderRegistry.All)
        {
            SeedanceEstimate estimate = await MeasureAsync(adapter, new VideoRequest { Prompt = "a fox", Model = "seedance-2.0", DurationSeconds = 5 });

            Assert.True(estimate.Cost is > 0 || estimate.Reason is not null, adapter.Provider.Name);
            Assert.Equal(adapter.Provider.Name == "Simulator", estimate.IsSimulated);
        }
    }

    private Task<SeedanceEstimate> MeasureAsync(IProviderAdapter adapter, VideoRequest request, Func<Account>? account = null) =>
        new MeasureRequest(_kit.Services).RunAsync(adapter, request, account, _kit.Output, Stop);
}

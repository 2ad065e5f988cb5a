using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.Jobs.Submit;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Query;

/// <summary>A batch that meets a record which a crash of the disk cut in half.</summary>
public sealed class DamagedRecordTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public DamagedRecordTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_RowWhoseRecordIsDamagedRunsAgain_IsNotPaidTwice()
    {
        await SubmitAsync("one", new SubmitOptions { ClientToken = "row-1" });
        DamageAll();
        await SubmitAsync("two", new SubmitOptions { ClientToken = "row-2", ContinueUnconfirmed = true });

        await SubmitAsync("one", new SubmitOptions { ClientToken = "row-1" });
        await SubmitAsync("one", new SubmitOptions { ClientToken = "row-1", ContinueUnconfirmed = true });

        Assert.Equal(2, _host.Submits);
        Assert.Equal([ErrorCode.StoreFailure, ErrorCode.StoreFailure], _kit.Output.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task Submit_ReuseOfADamagedFinishedRecord_IsNotPaidTwice()
    {
        SubmitOptions reuse = new() { Reuse = true };
        await SubmitAsync("one", reuse);
        await _kit.Services.Store.UpdateAsync(Assert.Single(_kit.Output.Jobs).Id,
            static stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);
        DamageAll();

        await SubmitAsync("one", reuse);
        await SubmitAsync("one", reuse);

        Assert.Equal(1, _host.Submits);
        Assert.Equal(2, _kit.Output.Errors.Count);
    }

    [Fact]
    public async Task Submit_DamagedRecordOfAJobInFlight_HoldsTheAccountUntilItIsDeleted()
    {
        await SubmitAsync("one");
        DamageAll();

        await SubmitAsync("two");

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains("-ContinueUnconfirmed", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, _kit.Rows.Count("job"));
        Assert.Equal(1, _host.Submits);

        await new RemoveJobs(_kit.Services)
            .ByIdAsync(new JobReference(Assert.IsType<string>(error.Target)), new RemoveOptions { Force = true }, _kit.Output, Stop);
        await SubmitAsync("two");
        Assert.Equal(2, _host.Submits);
    }

    [Fact]
    public async Task Remove_ByAgeBesideADamagedRecord_ReportsItAndLeavesIt()
    {
        await SubmitAsync("one");
        DamageAll();

        Assert.Empty(await new RemoveJobs(_kit.Services).FindAsync(new JobQuery(), new RemoveOptions { Force = true }, _kit.Output, Stop));

        Assert.Equal(1, _kit.Rows.Count($"job where id = '{Assert.Single(_kit.Output.Errors).Target}'"));
    }

    private void DamageAll() => Assert.True(_kit.Rows.Damage() > 0);

    private Task SubmitAsync(string prompt, SubmitOptions? options = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = prompt, Model = "seedance-acme" });
        return new SubmitVideo(_kit.Services).RunAsync(prepared, options ?? new SubmitOptions(), _kit.Output, Stop);
    }
}

using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Save;

/// <summary>Two machines that save the same job.</summary>
public sealed class SaveTurnTests : IDisposable
{
    private static readonly ProcessMark s_other = StoreBench.Elsewhere("other");
    private readonly SaveBatchScene _scene = new();
    private readonly SqlJobStore _other;

    public SaveTurnTests() => _other = new SqlJobStore(new SqliteEngine(_scene.Home, _scene.Time) { Self = s_other });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _other.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task RunAsync_AnotherMachineSavesTheJob_WaitsUntilItHasDone()
    {
        SeedanceJob job = await _scene.AddAsync();
        await _other.HoldAsync([job.Id], Stop);
        Task saving = Task.Run(() => _scene.SaveAsync([job]), Stop);
        await _scene.Time.WaitingAsync(2); // The call shows its progress, and the save looks again.

        Assert.Empty(_scene.Asked);
        Assert.False(saving.IsCompleted);
        await _other.ReleaseLeasesAsync([job.Id]);
        await TurnAsync(saving);

        Assert.True(Assert.Single(_scene.Output.Jobs).IsSaved);
        Assert.Single(_scene.Asked);
    }

    [Fact]
    public async Task RunAsync_AnotherMachineWasLostWhileItSaved_TakesOver()
    {
        SeedanceJob job = await _scene.AddAsync();
        await _other.HoldAsync([job.Id], Stop);
        new SqliteBench(_scene.Home).EndLease(s_other);

        await _scene.SaveAsync([job]);

        Assert.True(Assert.Single(_scene.Output.Jobs).IsSaved);
    }

    [Fact]
    public async Task RunAsync_LostTheJobWhileItWasFetched_KeepsTheFileAndChangesNothingInTheStore()
    {
        SeedanceJob job = await _scene.AddAsync();
        bool taken = false;
        _scene.AfterEachThird(async () =>
        {
            if (!taken)
            {
                taken = true;
                new SqliteBench(_scene.Home).EndLease(ProcessMark.Current);
                Assert.Equal(2, (await _other.HoldAsync([job.Id], Stop))[0].Term);
            }
        });

        await _scene.SaveAsync([job]);

        Assert.True(taken);
        Assert.Equal(SaveBatchScene.MovieOf(job), File.ReadAllBytes(Assert.Single(_scene.Output.Jobs).Path!));
        Assert.Contains("taken over by process 7 on other", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        StoredJob record = (await _other.FindAsync(job.Id, Stop))!;
        Assert.Null(record.Job.Path);
        Assert.Equal(s_other, record.Owner);
    }

    /// <summary>Lets time pass until the file is asked for, and none while it comes: a fetch that takes too long begins anew.</summary>
    private async Task TurnAsync(Task until)
    {
        await Outside.UntilAsync(() =>
        {
            if (_scene.Asked.Count == 0)
            {
                _scene.Time.AdvanceToNext(TimeSpan.FromSeconds(1));
            }

            return until.IsCompleted;
        });
        await until;
    }
}

using System.Net;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Save;

public sealed class SaveBatchTests : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private readonly SaveBatchScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AddAsync_ManyJobs_AsManyAtOnceAsTheLimitAndNoMore(int most)
    {
        List<SeedanceJob> jobs = [];
        for (int i = 0; i < 10; i++)
        {
            jobs.Add(await _scene.AddAsync());
        }

        using SemaphoreSlim begun = new(0), goOn = new(0);
        _scene.Before(async _ =>
        {
            begun.Release();
            await goOn.WaitAsync(Stop);
        });
        Task saving = Task.Run(() => _scene.SaveAsync(jobs, most: most), Stop);
        for (int i = 0; i < most; i++)
        {
            await begun.WaitAsync(Stop);
        }

        for (int i = most; i < jobs.Count; i++)
        {
            goOn.Release(); // One ends, and only then does another begin.
            await begun.WaitAsync(Stop);
        }

        goOn.Release(most);
        await saving;

        Assert.Equal(most, _scene.MostAtOnce);
        Assert.Equal(jobs.Select(job => job.Id).Order(StringComparer.Ordinal),
            _scene.Output.Jobs.Select(job => job.Id).Order(StringComparer.Ordinal));
        Assert.All(_scene.Output.Jobs, job => Assert.Equal(SaveBatchScene.MovieOf(job), File.ReadAllBytes(job.Outputs[0].Path!)));
        Assert.Empty(_scene.Output.Errors);
    }

    [Fact]
    public async Task AddAsync_SecondEndsFirst_IsWrittenFirst()
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Before(path => path == jobs[0].Outputs[0].Url!.AbsolutePath ? goOn.Task : Task.CompletedTask);
        using SaveBatch saving = _scene.Saving(most: 2);
        await saving.AddAsync(new JobReference(jobs[0].Id), _scene.Output, Stop);
        await saving.AddAsync(new JobReference(jobs[1].Id), _scene.Output, Stop);
        Task finish = Task.Run(() => saving.FinishAsync(_scene.Output, Stop), Stop);
        await _scene.Output.Changed.UntilAsync(() => _scene.Output.Jobs.Count > 0);
        goOn.SetResult();
        await finish;

        Assert.Equal([jobs[1].Id, jobs[0].Id], _scene.Output.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task AddAsync_IndexInTheName_CountsTheFilesOfTheCallInItsOrder()
    {
        List<SeedanceJob> jobs = [];
        for (int i = 0; i < 6; i++)
        {
            jobs.Add(await _scene.AddAsync());
        }

        _scene.Fail(jobs[2], () => new HttpResponseMessage(HttpStatusCode.Gone));

        await _scene.SaveAsync([jobs[0], new SeedanceJob { Id = "20260301-120000-zzzzzzz" }, .. jobs.Skip(1)], name: "{index}", most: 4);

        Assert.Equal(["1.mp4", "2.mp4", "4.mp4", "5.mp4", "6.mp4"],
            _scene.Output.Jobs.OrderBy(job => job.Id, StringComparer.Ordinal).Select(job => Path.GetFileName(job.Outputs[0].Path!)));
        Assert.Equal(2, _scene.Output.Errors.Count);
    }

    [Fact]
    public async Task FinishAsync_OneFails_TheOthersAreSaved()
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync(), await _scene.AddAsync()];
        _scene.Fail(jobs[1], () => new HttpResponseMessage(HttpStatusCode.Gone));

        await _scene.SaveAsync(jobs, most: 2);

        Assert.Equal(jobs[1].Id, Assert.Single(_scene.Output.Errors).Job!.Id);
        Assert.Equal([jobs[0].Id, jobs[2].Id], _scene.Output.Jobs.Select(job => job.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FinishAsync_SomeAreUnderWay_ShowsHowManyHowFastAndHowLong()
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];
        using SemaphoreSlim paused = new(0), goOn = new(0);
        _scene.AfterEachThird(async () =>
        {
            paused.Release();
            await goOn.WaitAsync(Stop);
        });
        Task saving = Task.Run(() => _scene.SaveAsync(jobs, most: 2), Stop);
        await paused.WaitAsync(Stop);
        await paused.WaitAsync(Stop);
        _scene.Time.Advance(TimeSpan.FromSeconds(2));
        goOn.Release(2);
        await paused.WaitAsync(Stop);
        await paused.WaitAsync(Stop);
        OperationProgress? shown = null;
        TimeSpan passed = TimeSpan.Zero;
        await Outside.UntilAsync(() =>
        {
            if (passed < TimeSpan.FromSeconds(30)) // A host's silence of a minute would end the download.
            {
                passed += s_tick;
                _scene.Time.Advance(s_tick);
            }

            shown = _scene.Output.Of("progress").Cast<OperationProgress>()
                .FirstOrDefault(line => line.Status.Contains("MiB/s", StringComparison.Ordinal));
            return shown is not null;
        });

        goOn.Release(2);
        await saving;

        Assert.StartsWith("0 done, 2 under way; Saving ", shown!.Status, StringComparison.Ordinal);
        Assert.True(shown.SecondsRemaining > 0);
        Assert.True(Assert.IsType<OperationProgress>(_scene.Output.Of("progress").Last()).Completed);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    [InlineData(false, 4)]
    public async Task FinishAsync_TwoJobsOfOneName_OneHasItAndTheOtherIsToldSo(bool force, int most)
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];

        await _scene.SaveAsync(jobs, name: "clip", force, most);

        SeedanceJob saved = Assert.Single(_scene.Output.Jobs);
        SeedanceException error = Assert.Single(_scene.Output.Errors);
        Assert.Equal(SaveBatchScene.MovieOf(saved), await File.ReadAllBytesAsync(Path.Combine(_scene.Folder, "clip.mp4"), Stop));
        Assert.Equal(ErrorCode.FileExists, error.Code);
        Assert.Equal(jobs.Single(job => job.Id != saved.Id).Id, error.Job!.Id);
        Assert.Contains("{id}", error.RecommendedAction, StringComparison.Ordinal);
        Assert.All((await _scene.Services.Store.FindAsync(error.Job.Id, Stop))!.Job.Outputs, file => Assert.Null(file.Path));
        Assert.Single(_scene.Asked);
    }

    [Fact]
    public async Task FinishAsync_OneJobTwice_IsSavedAndRecognised()
    {
        SeedanceJob job = await _scene.AddAsync();

        await _scene.SaveAsync([job, job], name: "clip", most: 1);

        Assert.Equal(2, _scene.Output.Jobs.Count);
        Assert.Empty(_scene.Output.Errors);
        Assert.Single(_scene.Asked);
    }

    [Fact]
    public async Task FinishAsync_ForcedOverAnEarlierCallsFile_ReplacesIt()
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];
        await _scene.SaveAsync([jobs[0]], name: "clip");

        await _scene.SaveAsync([jobs[1]], name: "clip", force: true);

        Assert.Equal(SaveBatchScene.MovieOf(jobs[1]), await File.ReadAllBytesAsync(Path.Combine(_scene.Folder, "clip.mp4"), Stop));
        Assert.Empty(_scene.Output.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FinishAsync_RecordCannotBeWritten_SaysThatTheVideoIsThere(bool sidecar)
    {
        SeedanceJob job = await _scene.AddAsync();
        _scene.Before(_ =>
        {
            new SqliteBench(_scene.Home).Break();
            return Task.CompletedTask;
        });

        await _scene.SaveAsync([job], sidecar: sidecar);

        SeedanceException error = Assert.Single(_scene.Output.Errors);
        string path = Path.Combine(_scene.Folder, job.Id + ".mp4");
        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("is saved", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(error.Job!.Outputs).Path);
        Assert.Equal(sidecar, error.RecommendedAction!.Contains("Saving again", StringComparison.Ordinal));
        Assert.Equal(SaveBatchScene.MovieOf(job), await File.ReadAllBytesAsync(path, Stop));
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Seedance.Core.Tests.Saving;

public sealed class SaveManyJobsTests : IDisposable
{
    private readonly SaveManyScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    [InlineData(false, 4)]
    public async Task FinishAsync_TwoJobsOfOneName_OneHasItAndTheOtherIsToldSo(bool force, int most)
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];

        await _scene.SaveAsync(jobs, name: "clip", force, most);

        SeedanceJob saved = Assert.Single(_scene.Output.Jobs);
        SeedanceException error = Assert.Single(_scene.Output.Faults);
        Assert.Equal(SaveManyScene.MovieOf(saved), await File.ReadAllBytesAsync(Path.Combine(_scene.Folder, "clip.mp4"), Stop));
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
        Assert.Empty(_scene.Output.Faults);
        Assert.Single(_scene.Asked);
    }

    [Fact]
    public async Task FinishAsync_ForcedOverAnEarlierCallsFile_ReplacesIt()
    {
        SeedanceJob[] jobs = [await _scene.AddAsync(), await _scene.AddAsync()];
        await _scene.SaveAsync([jobs[0]], name: "clip");

        await _scene.SaveAsync([jobs[1]], name: "clip", force: true);

        Assert.Equal(SaveManyScene.MovieOf(jobs[1]), await File.ReadAllBytesAsync(Path.Combine(_scene.Folder, "clip.mp4"), Stop));
        Assert.Empty(_scene.Output.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FinishAsync_RecordCannotBeWritten_SaysThatTheVideoIsThere(bool sidecar)
    {
        SeedanceJob job = await _scene.AddAsync();
        string locks = Path.Combine(_scene.Home, "jobs", "locks");
        _scene.Before(_ =>
        {
            Directory.Delete(locks, recursive: true);
            File.WriteAllText(locks, string.Empty); // No record can be locked any more, which is what a broken folder does.
            return Task.CompletedTask;
        });

        await _scene.SaveAsync([job], sidecar: sidecar);

        SeedanceException error = Assert.Single(_scene.Output.Faults);
        string path = Path.Combine(_scene.Folder, job.Id + ".mp4");
        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("is saved", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(error.Job!.Outputs).Path);
        Assert.Equal(sidecar, error.RecommendedAction!.Contains("Saving again", StringComparison.Ordinal));
        Assert.Equal(SaveManyScene.MovieOf(job), await File.ReadAllBytesAsync(path, Stop));
    }
}

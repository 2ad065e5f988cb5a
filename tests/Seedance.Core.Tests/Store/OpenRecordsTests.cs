using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>Where the records of unfinished jobs stand, and who has to read them.</summary>
public sealed class OpenRecordsTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-open-").FullName;
    private readonly List<string> _read = [];
    private readonly FileJobStore _store;

    public OpenRecordsTests() => _store = new FileJobStore(_home, Read);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Open => Path.Combine(_home, "jobs", "open");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task TryTakeSlotAsync_OtherAccountsHaveManyInFlight_ReadsOnlyItsOwn()
    {
        for (int i = 0; i < 50; i++)
        {
            await _store.AddAsync(Job("Other"), Stop);
        }

        StoredJob own = Job("Acme");
        await _store.AddAsync(own, Stop);

        SlotVerdict verdict = await _store.TryTakeSlotAsync(Job("Acme"), new SlotTerms(2), Stop);

        Assert.True(verdict.Taken);
        Assert.Equal(own.Job.Id, Assert.Single(verdict.InFlight).Job.Id);
        Assert.Equal(own.Job.Id, Path.GetFileNameWithoutExtension(Assert.Single(_read)));
    }

    [Fact]
    public async Task TryTakeSlotAsync_RecordOfAnEarlyVersion_IsCountedAndMovesWhenItIsWritten()
    {
        StoredJob early = Job("Acme");
        string flat = Path.Combine(Open, early.Job.Id + ".json");
        Directory.CreateDirectory(Open);
        await File.WriteAllBytesAsync(flat, JobDocument.Write(early), Stop);

        Assert.False((await _store.TryTakeSlotAsync(Job("Acme"), new SlotTerms(1), Stop)).Taken);
        Assert.Empty((await _store.TryTakeSlotAsync(Job("Other"), new SlotTerms(0), Stop)).InFlight);
        await _store.UpdateAsync(early.Job.Id, stored => stored with { Job = stored.Job with { Progress = 7 } }, Stop);

        Assert.False(File.Exists(flat));
        Assert.Equal(7, (await _store.FindAsync(early.Job.Id, Stop))!.Job.Progress);
    }

    [Fact]
    public async Task TryTakeSlotAsync_CrashWhileARecordMovedToItsAccount_CountsItOnce()
    {
        StoredJob job = Job("Acme");
        await _store.AddAsync(job, Stop);
        await File.WriteAllBytesAsync(Path.Combine(Open, job.Job.Id + ".json"), JobDocument.Write(job), Stop);

        SlotVerdict verdict = await _store.TryTakeSlotAsync(Job("Acme"), new SlotTerms(2), Stop);

        Assert.True(verdict.Taken);
        Assert.Single(verdict.InFlight);
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("a/b")]
    public async Task AddAsync_ProviderOfAForeignObjectIsAPath_StaysInTheFolder(string provider)
    {
        StoredJob job = Job(provider);
        await _store.AddAsync(job, Stop);

        string path = Assert.Single(Directory.GetFiles(_home, "*.json", SearchOption.AllDirectories));
        Assert.Equal(Open, Path.GetDirectoryName(Path.GetDirectoryName(path)));
        Assert.NotNull(await _store.FindAsync(job.Job.Id, Stop));
    }

    private static StoredJob Job(string provider)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with { Job = sample.Job with { Id = JobId.Create(sample.Job.CreatedAt), Provider = provider, ClientToken = null, ProviderJobId = null, Status = JobStatus.Queued } };
    }

    private byte[] Read(string path)
    {
        _read.Add(path);
        return File.ReadAllBytes(path);
    }
}

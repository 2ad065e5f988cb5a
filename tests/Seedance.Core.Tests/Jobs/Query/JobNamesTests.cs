using Seedance.Core.Tests.Jobs.Save;
using Seedance.Jobs.Query;

namespace Seedance.Core.Tests.Jobs.Query;

public sealed class JobNamesTests : IDisposable
{
    private readonly SaveBatchScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("0000002")]
    [InlineData("02")]
    [InlineData(" 20260301-120000-0000002 ")]
    [InlineData("20260301-120000-0000002")]
    public async Task ResolveAsync_PartThatOneJobHas_IsThatJob(string typed)
    {
        await AddAsync(3);

        Assert.Equal("20260301-120000-0000002", await new JobNames(_scene.Services).ResolveAsync(typed, Stop));
    }

    [Theory]
    [InlineData("2026", ErrorCode.InvalidRequest)]
    [InlineData("nope", ErrorCode.JobNotFound)]
    [InlineData("%", ErrorCode.JobNotFound)]
    [InlineData("_000002", ErrorCode.JobNotFound)]
    [InlineData("../x", ErrorCode.JobNotFound)]
    public async Task ResolveAsync_PartOfNoneOrSeveral_IsAnError(string typed, ErrorCode code)
    {
        await AddAsync(3);

        Assert.Equal(
            code, (await Assert.ThrowsAsync<SeedanceException>(() => new JobNames(_scene.Services).ResolveAsync(typed, Stop))).Code);
    }

    [Fact]
    public async Task FindAsync_Pattern_IsAllThatFitOldestFirst()
    {
        await AddAsync(3);

        Assert.Equal(["20260301-120000-0000001", "20260301-120000-0000003"],
            await new JobNames(_scene.Services).FindAsync("*", id => !id.EndsWith('2'), Stop));
        Assert.Equal("20260301-120000-0000003", Assert.Single(await new JobNames(_scene.Services).NewestAsync(1, Stop)).Id);
    }

    private async Task AddAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _scene.AddAsync();
        }
    }
}

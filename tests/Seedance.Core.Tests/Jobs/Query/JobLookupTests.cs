using Seedance.Jobs.Query;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Query;

/// <summary>Jobs that come as objects, and of which this state folder has no record.</summary>
public sealed class JobLookupTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public JobLookupTests()
    {
        _kit = new TestServices(_network);
        _kit.Variables["REPLICATE_API_TOKEN"] = "r8-canary-0123456789";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("https://api.replicate.com", null)]
    [InlineData("https://relay.example/replicate", "https://relay.example/replicate")]
    [InlineData("http://127.0.0.1:8080/replicate", null)]
    public async Task FindAsync_AddressThatThisMachineAsks_TakesTheJobUp(string endpoint, string? variable)
    {
        if (variable is not null)
        {
            _kit.Variables["SEEDANCE_REPLICATE_URL"] = variable;
        }

        StoredJob found = await FindAsync(Job("20260101-120000-abcdefg") with { Endpoint = new Uri(endpoint) });

        Assert.Equal("20260101-120000-abcdefg", found.Job.Id);
        Assert.NotNull(await _kit.Services.Store.FindAsync(found.Job.Id, Stop));
    }

    [Theory]
    [InlineData("https://replicate.example")]
    [InlineData("https://api.replicate.com.example")]
    public async Task FindAsync_AddressOfAStranger_TakesNothingUp(string endpoint)
    {
        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(
            () => FindAsync(Job("20260101-120000-abcdefg") with { Endpoint = new Uri(endpoint) }));

        Assert.Equal(ErrorCode.InvalidProfile, error.Code);
        Assert.Contains("SEEDANCE_REPLICATE_URL", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Null(await _kit.Services.Store.FindAsync("20260101-120000-abcdefg", Stop));
        Assert.Empty(_network.Requests);
    }

    [Fact]
    public async Task FindAsync_JobAsItsProviderListedIt_GetsOneRecordHoweverOften()
    {
        StoredJob first = await FindAsync(Job(string.Empty));
        StoredJob second = await FindAsync(Job(string.Empty));

        Assert.True(JobId.IsValid(first.Job.Id));
        Assert.Equal(first.Job.Id, second.Job.Id);
        Assert.Equal(_kit.Time.GetUtcNow(), first.Job.CreatedAt);
    }

    private static SeedanceJob Job(string id) => new()
    {
        Id = id,
        Provider = "Replicate",
        Endpoint = new Uri("https://api.replicate.com"),
        ProviderJobId = "p1",
        State = JobStatus.Running,
    };

    private Task<StoredJob> FindAsync(SeedanceJob job) =>
        new JobLookup(_kit.Services, static (_, _) => null, apiKey: null).FindAsync(new JobReference(job.Id, job), Stop);
}

using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class JobBagTests
{
    private static readonly Dictionary<string, object?> s_bag = new(StringComparer.Ordinal)
    {
        ["Id"] = "20260301-120000-000abcd",
        ["Provider"] = "Muapi",
        ["ProviderJobId"] = "r1",
        ["Status"] = "Succeeded",
        ["Prompt"] = "a fox",
        ["Endpoint"] = "https://elsewhere.example/",
        ["IsSimulated"] = "True",
        ["SubmittedAt"] = "2026-03-01T12:00:01+00:00",
    };

    [Fact]
    public void Read_BelievesTheNameAndNotTheState()
    {
        SeedanceJob job = JobBag.Read(name => s_bag.GetValueOrDefault(name))!;

        Assert.Equal("r1", job.ProviderJobId);
        Assert.Equal(JobStatus.Running, job.Status);
        Assert.True(job.IsSimulated);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), job.CreatedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero), job.SubmittedAt);
    }

    [Fact]
    public void Read_NeverTakesTheAddressThatAKeyWouldGoTo() => Assert.Null(JobBag.Read(name => s_bag.GetValueOrDefault(name))!.Endpoint);

    [Theory]
    [InlineData("Id")]
    [InlineData("Provider")]
    [InlineData("ProviderJobId")]
    public void Read_WithoutAName_IsNoJob(string missing) => Assert.Null(JobBag.Read(name => name == missing ? null : s_bag.GetValueOrDefault(name)));

    [Fact]
    public void Read_IdThatIsAPath_IsNoJob() => Assert.Null(JobBag.Read(name => name == "Id" ? "../../etc/passwd" : s_bag.GetValueOrDefault(name)));
}

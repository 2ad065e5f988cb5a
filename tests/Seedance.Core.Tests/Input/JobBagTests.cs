using Seedance.Input;
using Seedance.TestKit;

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
        Assert.Equal(JobStatus.Running, job.State);
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
    public void Read_WithoutAName_IsNoJob(string missing) =>
        Assert.Null(JobBag.Read(name => name == missing ? null : s_bag.GetValueOrDefault(name)));

    [Fact]
    public void Read_IdThatIsAPath_IsNoJob() =>
        Assert.Null(JobBag.Read(name => name == "Id" ? "../../etc/passwd" : s_bag.GetValueOrDefault(name)));

    [Fact]
    public void Read_TheSet_SurvivesAsAnObjectAsATableAndAsTextOfACell()
    {
        SeedanceJob job = Samples.StoredJob().Job;
        Dictionary<string, object?> cell = new(s_bag, StringComparer.Ordinal)
        {
            ["Tag"] = job.Tag, ["Batch"] = job.Batch, ["Row"] = "4", ["Take"] = "2", ["DerivedFrom"] = job.DerivedFrom, ["Rating"] = "0",
            ["Columns"] = job.Columns.ToString(),
        };

        foreach (object columns in new object[] { job.Columns, job.Columns.ToString(),
            new System.Collections.Hashtable((System.Collections.IDictionary)job.Columns),
        job.Columns.ToDictionary(column => column.Key, column => (object?)column.Value) })
        {
            cell["Columns"] = columns;
            SeedanceJob read = JobBag.Read(name => cell.GetValueOrDefault(name))!;

            Assert.Equal((job.Tag, job.Batch, job.Row, job.Take, job.DerivedFrom, job.Rating),
                (read.Tag, read.Batch, read.Row, read.Take, read.DerivedFrom, read.Rating));
            Assert.Equal(job.Columns.OrderBy(column => column.Key, StringComparer.Ordinal),
                read.Columns.OrderBy(column => column.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Read_RatingThatIsNoNumber_IsStillTheJob()
    {
        Dictionary<string, object?> bag = new(s_bag, StringComparer.Ordinal) { ["Rating"] = "good", ["Columns"] = "{broken" };

        SeedanceJob job = JobBag.Read(name => bag.GetValueOrDefault(name))!;

        Assert.Null(job.Rating);
        Assert.Empty(job.Columns);
    }
}

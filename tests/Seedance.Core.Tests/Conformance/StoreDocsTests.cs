using System.Data.Common;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Conformance;

/// <summary>
/// docs/store.md: its tables are those that there are, and its questions have answers in the engine that each is written for.
/// </summary>
public sealed class StoreDocsTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(HostPages.Root, "docs", "store.md")).ReplaceLineEndings("\n");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_InSqlite_AreAnswered()
    {
        using SqliteBench bench = new();
        await AssertAnsweredAsync(bench, 0);
    }

    [Fact]
    public async Task Questions_InPostgres_AreAnswered()
    {
        using PostgresBench bench = new();
        await AssertAnsweredAsync(bench, 1);
    }

    [Fact]
    public async Task Tables_OfTheSchema_AreDescribed()
    {
        using SqliteBench bench = new();
        await FillAsync(bench);
        using DbConnection connection = bench.Connect();

        List<string[]> tables = Rows(connection, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'");

        Assert.All(tables, table => Assert.Contains("\n| `" + table[0] + "` |", s_page, StringComparison.Ordinal));
    }

    private static async Task AssertAnsweredAsync(StoreBench bench, int block)
    {
        await FillAsync(bench);
        string[] questions = [.. s_page.Split("```sql\n")[block + 1].Split("```")[0].Split(';').Where(text => text.Trim().Length > 0)];
        using DbConnection connection = bench.Connect();

        Assert.Equal(3, questions.Length);
        string[] spent = Assert.Single(Rows(connection, questions[0]));
        Assert.Equal(("USD", 0.3m, "1"), (spent[2], decimal.Parse(spent[3], CultureInfo.InvariantCulture), spent[4]));
        string[] rate = Assert.Single(Rows(connection, questions[1]));
        Assert.Equal(
            (100m, 90m), (decimal.Parse(rate[2], CultureInfo.InvariantCulture), decimal.Parse(rate[3], CultureInfo.InvariantCulture)));
        Assert.InRange(Rows(connection, questions[2]).Count, 0, 1); // None in the last minute of a day.
    }

    private static async Task FillAsync(StoreBench bench)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        StoredJob sample = Samples.StoredJob();
        StoredJob job = sample with
        {
            Job = sample.Job with { State = JobStatus.Submitting, ProviderJobId = null, Outputs = [], ActualCost = null, CreatedAt = now },
        };
        IJobStore store = bench.Open();
        Assert.True((await store.TryTakeSlotAsync(job, new SlotTerms(9), Stop)).Taken);
        SeedanceJob ended = job.Job with
        {
            State = JobStatus.Succeeded,
            CompletedAt = now.AddSeconds(90),
            ActualCost = new SeedanceCost { Amount = 0.3m, Unit = "USD" },
            Outputs = [new JobOutput { Url = new Uri("https://cdn.example/v.mp4"), ExpiresAt = now.AddMinutes(1) }],
        };
        await store.UpdateAsync(job.Job.Id, stored => stored with { Job = ended }, Stop);
    }

    private static List<string[]> Rows(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        List<string[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        }

        return rows;
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>
/// A store of one engine for the suite that all engines pass, and a way into its tables beside it, as somebody's hand or a fault has.
/// </summary>
internal abstract class StoreBench : IDisposable
{
    /// <summary>Another user of the same store, as another process is one.</summary>
    /// <param name="self">By which the others know it; this process's own when not given.</param>
    public abstract IJobStore Open(ProcessMark? self = null);

    /// <summary>The engine of one more user, for a store that the test makes itself.</summary>
    public abstract StoreEngine Engine();

    /// <summary>A process of a machine that nobody here can look at.</summary>
    public static ProcessMark Elsewhere(string machine) => new(machine, 7, 1) { Scope = "scope-of-" + machine };

    /// <summary>Nobody has heard of that process for longer than its lease, by the store's clock.</summary>
    public void EndLease(ProcessMark of) => Run($"update holder set lease_until = '2000-01-01T00:00:00.000Z' where mark = '{of.ToText()}'");

    /// <summary>The traces beside the jobs.</summary>
    public abstract ITraceStore OpenTraces();

    public abstract DbConnection Connect();

    protected bool HasOtherTables { get; private set; }

    public int Run(string sql)
    {
        using DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Changes the tables themselves, so that no other test can have them after this one.</summary>
    public void ChangeTables(string sql)
    {
        HasOtherTables = true;
        Run(sql);
    }

    public object? Read(string sql)
    {
        using DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The first column of all rows.</summary>
    public IReadOnlyList<string> Texts(string sql)
    {
        using DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    public long Count(string from) => Convert.ToInt64(Read("select count(*) from " + from), CultureInfo.InvariantCulture);

    public abstract void Dispose();
}

/// <summary>The file of a state folder.</summary>
internal sealed class SqliteBench : StoreBench
{
    private readonly bool _isOwn;
    private readonly List<SqlJobStore> _opened = [];

    public SqliteBench()
        : this(Directory.CreateTempSubdirectory("seedance-store-").FullName) => _isOwn = true;

    public SqliteBench(string home) => Home = home;

    public string Home { get; }

    public override IJobStore Open(ProcessMark? self = null)
    {
        SqlJobStore store = new(new SqliteEngine(Home) { Self = self ?? ProcessMark.Current });
        lock (_opened)
        {
            _opened.Add(store);
        }

        return store;
    }

    public override StoreEngine Engine() => new SqliteEngine(Home);

    public override ITraceStore OpenTraces()
    {
        SqliteEngine engine = new(Home);
        lock (_opened)
        {
            _opened.Add(new SqlJobStore(engine));
        }

        return new SqlTraceStore(engine);
    }

    public override DbConnection Connect()
    {
        NativeSqlite.Ensure();
        SqliteConnection connection =
            new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Home, "seedance.db"), Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Another process that writes and does not come to an end.</summary>
    public IDisposable Hold()
    {
        DbConnection connection = Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>The records as they stand.</summary>
    public string[] Documents() => [.. Texts("select document from job order by id")];

    /// <summary>Cuts the records in half, and tells how many.</summary>
    public int Damage() => Run("update job set document = substr(document, 1, 100)");

    /// <summary>That process was heard of so long ago.</summary>
    public void Heard(ProcessMark of, TimeSpan ago, TimeProvider clock)
    {
        Run("delete from holder");
        Run($"insert into holder (mark, lease_until) values ('{of.ToText()}', '{SqlTime.Text(clock.GetUtcNow() + ProcessMark.Lease - ago)}')");
    }

    /// <summary>From now on no record can be changed, as on a disk that takes no more.</summary>
    public void Break() => Run("create trigger broken before update on job begin select raise(abort, 'the disk takes no more'); end");

    /// <summary>From now on no job can be recorded as ended.</summary>
    public void BreakEnds() =>
        Run("create trigger broken before update on job when new.finished = 1 begin select raise(abort, 'the disk takes no more'); end");

    public void Mend() => Run("drop trigger broken");

    public override void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        if (_isOwn)
        {
            Directory.Delete(Home, recursive: true);
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>A database of its own in a private server, which the process starts once where the machine has PostgreSQL.</summary>
internal sealed class PostgresBench : StoreBench
{
    // Nobody is connected to it afterwards, and by its old name nobody who comes late finds it.
    private const string Emptying = """
        select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
        do $$
        declare
            filled text := (select string_agg('seedance.' || tablename, ', ') from pg_tables
                where schemaname = 'seedance' and tablename <> 'seedance');
        begin
            if filled is not null then execute 'truncate ' || filled || ' restart identity'; end if;
        end $$
        """;

    private static readonly Lazy<PostgresServer?> s_server = new(PostgresServer.Start);
    private static readonly Lazy<TransactionPooler?> s_pooler = new(static () => Server?.StartPooler());
    private static readonly ConcurrentQueue<string> s_emptied = new();
    private static int s_made;
    private readonly bool _mayBeUsed;
    private readonly List<SqlJobStore> _opened = [];
    private readonly string _name = "test" + Interlocked.Increment(ref s_made).ToString(CultureInfo.InvariantCulture);

    /// <param name="isPooled">By way of a PgBouncer that gives each transaction another connection.</param>
    /// <param name="mayBeUsed">
    /// It may have the tables of a test before, emptied and under a new name: for tests that look at what is in the tables and not at them.
    /// </param>
    public PostgresBench(bool isPooled = false, bool mayBeUsed = false)
    {
        _mayBeUsed = mayBeUsed;
        if (Server is not { } server)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PostgreSQL on this machine (initdb and postgres).");
        }

        if (isPooled && Pooler is null)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PgBouncer on this machine.");
        }

        if (mayBeUsed && s_emptied.TryDequeue(out string? used))
        {
            server.Run("postgres", $"alter database {used} rename to {_name}");
        }
        else
        {
            server.Create(_name);
        }

        ConnectionString = isPooled ? Pooler!.ConnectionString(_name) : server.ConnectionString(_name);
    }

    public static PostgresServer? Server => s_server.Value;

    public static TransactionPooler? Pooler => s_pooler.Value;

    public string ConnectionString { get; }

    public override IJobStore Open(ProcessMark? self = null)
    {
        SqlJobStore store = new(new PostgresEngine(StoreAddress.Parse(ConnectionString)) { Self = self ?? ProcessMark.Current });
        lock (_opened)
        {
            _opened.Add(store);
        }

        return store;
    }

    public override StoreEngine Engine() => new PostgresEngine(StoreAddress.Parse(ConnectionString));

    public override ITraceStore OpenTraces()
    {
        PostgresEngine engine = new(StoreAddress.Parse(ConnectionString));
        lock (_opened)
        {
            _opened.Add(new SqlJobStore(engine));
        }

        return new SqlTraceStore(engine);
    }

    public override DbConnection Connect()
    {
        NpgsqlConnection connection = new(Server!.ConnectionString(_name) + ";Search Path=seedance;Pooling=false");
        connection.Open();
        return connection;
    }

    public override void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        if (_mayBeUsed)
        {
            Server!.Run(_name, Emptying);
            s_emptied.Enqueue(_name);
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>A database of its own in a private server, which the process starts once where the machine has PostgreSQL.</summary>
internal sealed class PostgresBench : StoreBench
{
    // To truncate a table costs files, some fifty milliseconds in all; the few rows of a test are deleted in a fifth of that.
    private const string DeleteRows = """
        do $$
        declare
            one record;
        begin
            set local session_replication_role = replica;
            for one in select tablename from pg_tables where schemaname = 'seedance' and tablename <> 'seedance' loop
                execute format('delete from seedance.%I', one.tablename);
            end loop;
            for one in select sequencename from pg_sequences where schemaname = 'seedance' loop
                perform setval(format('seedance.%I', one.sequencename), 1, false);
            end loop;
        end $$
        """;

    // The connections of a pooler stay, as they do between two clients.
    private const string Disconnect =
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();";

    private static readonly Lazy<PostgresServer?> s_server = new(PostgresServer.Start);
    private static readonly Lazy<TransactionPooler?> s_pooler = new(static () => Server?.StartPooler());
    private static readonly ConcurrentQueue<(string Name, NpgsqlConnection Admin)> s_emptied = new();
    private static readonly ConcurrentQueue<(string Name, NpgsqlConnection Admin)> s_emptiedPooled = new();
    private static int s_made;
    private readonly bool _isPooled;
    private readonly bool _mayBeUsed;
    private readonly List<SqlJobStore> _opened = [];
    private readonly string _name;
    private NpgsqlConnection? _admin; // Of whoever empties it; stays open from test to test.

    /// <param name="isPooled">By way of a PgBouncer that gives each transaction another connection.</param>
    /// <param name="mayBeUsed">
    /// It may have the tables of a test before, emptied: for tests that look at what is in the tables and not at them.
    /// </param>
    public PostgresBench(bool isPooled = false, bool mayBeUsed = false)
    {
        _isPooled = isPooled;
        _mayBeUsed = mayBeUsed;
        if (Server is not { } server)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PostgreSQL on this machine (initdb and postgres).");
        }

        if (isPooled && Pooler is null)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PgBouncer on this machine.");
        }

        if (mayBeUsed && Emptied.TryDequeue(out (string Name, NpgsqlConnection Admin) used))
        {
            (_name, _admin) = used;
        }
        else
        {
            _name = "test" + Interlocked.Increment(ref s_made).ToString(CultureInfo.InvariantCulture);
            server.Create(_name);
        }

        ConnectionString = isPooled ? Pooler!.ConnectionString(_name) : server.ConnectionString(_name);
    }

    public static PostgresServer? Server => s_server.Value;

    public static TransactionPooler? Pooler => s_pooler.Value;

    public string ConnectionString { get; }

    private ConcurrentQueue<(string Name, NpgsqlConnection Admin)> Emptied => _isPooled ? s_emptiedPooled : s_emptied;

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
        if (_mayBeUsed && !HasOtherTables)
        {
            _admin ??= (NpgsqlConnection)Connect();
            using NpgsqlCommand command = new(_isPooled ? DeleteRows : Disconnect + DeleteRows, _admin);
            command.ExecuteNonQuery();
            Emptied.Enqueue((_name, _admin));
        }
        else
        {
            _admin?.Dispose();
        }
    }
}

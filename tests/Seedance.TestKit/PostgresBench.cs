using System.Data.Common;
using Npgsql;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>A database of its own in a private server, which the process starts once where the machine has PostgreSQL.</summary>
internal sealed class PostgresBench : StoreBench
{
    private static readonly Lazy<PostgresServer?> s_server = new(PostgresServer.Start);
    private static readonly Lazy<TransactionPooler?> s_pooler = new(static () => Server?.StartPooler());
    private static int s_made;
    private readonly List<SqlJobStore> _opened = [];
    private readonly string _name = "test" + Interlocked.Increment(ref s_made).ToString(CultureInfo.InvariantCulture);

    /// <param name="isPooled">By way of a PgBouncer that gives each transaction another connection.</param>
    public PostgresBench(bool isPooled = false)
    {
        if (Server is not { } server)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PostgreSQL on this machine (initdb and postgres).");
        }

        if (isPooled && Pooler is null)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PgBouncer on this machine.");
        }

        server.Create(_name);
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

    public override void Dispose() => _opened.ForEach(store => store.Dispose());
}

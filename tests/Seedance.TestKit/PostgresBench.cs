using System.Data.Common;
using Npgsql;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>A database of its own in a private server, which the process starts once where the machine has PostgreSQL.</summary>
internal sealed class PostgresBench : StoreBench
{
    private static readonly Lazy<PostgresServer?> s_server = new(PostgresServer.Start);
    private static int s_made;
    private readonly List<SqlJobStore> _opened = [];
    private readonly string _name = "test" + Interlocked.Increment(ref s_made).ToString(CultureInfo.InvariantCulture);

    public PostgresBench()
    {
        if (Server is not { } server)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$No PostgreSQL on this machine (initdb and postgres).");
        }

        server.Create(_name);
    }

    public static PostgresServer? Server => s_server.Value;

    public string ConnectionString => Server!.ConnectionString(_name);

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
        NpgsqlConnection connection = new(ConnectionString + ";Search Path=seedance;Pooling=false");
        connection.Open();
        return connection;
    }

    public override void Dispose() => _opened.ForEach(store => store.Dispose());
}

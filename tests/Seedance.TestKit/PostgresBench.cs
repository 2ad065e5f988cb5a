using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
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

        using NpgsqlConnection connection = new(server.ConnectionString("postgres"));
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "create database " + _name;
        command.ExecuteNonQuery();
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

/// <summary>A server on loopback that ends with this process.</summary>
internal sealed class PostgresServer
{
    private readonly int _port;

    private PostgresServer(int port) => _port = port;

    public string ConnectionString(string database) =>
        string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=tester;Database={database};Maximum Pool Size=20");

    public static PostgresServer? Start()
    {
        if (Find("initdb") is not { } initdb || Find("postgres") is not { } postgres)
        {
            return null;
        }

        string data = Directory.CreateTempSubdirectory("seedance-postgres-").FullName;
        bool isRoot = Environment.UserName == "root"; // The server refuses to run as root.
        if (isRoot)
        {
            Run("chown", "65534:65534", data);
        }

        string[] user = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        Run([.. user, initdb, "-D", data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        string[] command =
        [
            .. user, postgres, "-D", data, "-k", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "fsync=off", "-c", "max_connections=200",
        ];
        Process process =
            Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true,
            RedirectStandardOutput = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Directory.Delete(data, recursive: true);
        };
        PostgresServer server = new(port);
        while (!server.Answers())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The PostgreSQL server ended as it began.");
            }
        }

        return server;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse()
                .Select(folder => Path.Combine(folder, "bin"))
            : [])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static void Run(params string[] command)
    {
        using Process process =
            Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true,
            RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(command[^1] + ": " + output + errors);
        }
    }

    private bool Answers()
    {
        try
        {
            using NpgsqlConnection connection = new(ConnectionString("postgres") + ";Pooling=false;Timeout=1");
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

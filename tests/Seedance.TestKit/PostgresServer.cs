using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Seedance.TestKit;

/// <summary>A server on loopback that ends with this process.</summary>
internal sealed class PostgresServer
{
    private const int SigInt = 2;
    private readonly string _data;
    private readonly int _port;
    private readonly string[] _user;
    private readonly string[] _command;
    private Process _process;
    private TransactionPooler? _pooler;

    private PostgresServer(string data, string postgres, string[] user)
    {
        _data = data;
        _user = user;
        _port = FreePort();
        _command =
        [
            .. user, postgres, "-D", data, "-k", data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "fsync=off", "-c", "max_connections=200",
        ];
        _process = Launch();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            // First what has to end: the runner waits for ten seconds and no longer, and many databases take long to delete.
            _pooler?.End();
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            Directory.Delete(data, recursive: true);
        };
    }

    /// <summary>Null where the machine has none.</summary>
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
            RunProgram("chown", "65534:65534", data);
        }

        string[] user = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        RunProgram([.. user, initdb, "-D", data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        return new PostgresServer(data, postgres, user);
    }

    public static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse()
                .Select(folder => Path.Combine(folder, "bin"))
            : [])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    public static void RunProgram(params string[] command)
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

    public string ConnectionString(string database) => ConnectionString(database, _port);

    public static string ConnectionString(string database, int port) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=tester;Database={database};Maximum Pool Size=20");

    /// <summary>Null where the machine has no PgBouncer.</summary>
    public TransactionPooler? StartPooler() => _pooler = TransactionPooler.Start(_port, _user);

    /// <summary>A new database; its connection string.</summary>
    public string Create(string name)
    {
        Run("postgres", "create database " + name);
        return ConnectionString(name);
    }

    /// <summary>Runs a statement as the owner of the server.</summary>
    public void Run(string database, string sql)
    {
        using NpgsqlConnection connection = new(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Ends as an administrator ends it, breaking all connections, and begins anew at the same address.</summary>
    public async Task RestartAsync()
    {
        string server = File.ReadLines(Path.Combine(_data, "postmaster.pid")).First();
        RunProgram("kill", "-" + SigInt.ToString(CultureInfo.InvariantCulture), server);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process = Launch();
    }

    private Process Launch()
    {
        Process process =
            Process.Start(
            new ProcessStartInfo(_command[0], _command[1..]) { UseShellExecute = false, RedirectStandardError = true,
            RedirectStandardOutput = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!Answers())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The PostgreSQL server ended as it began.");
            }
        }

        return process;
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

using System.Diagnostics;
using System.Net.Sockets;

namespace Seedance.TestKit;

/// <summary>A PgBouncer in front of a server: each transaction gets another of its few connections. It ends with the server.</summary>
internal sealed class TransactionPooler
{
    private readonly int _port = PostgresServer.FreePort();
    private readonly string _folder;
    private readonly Process _process;

    private TransactionPooler(string program, int server, string[] user)
    {
        _folder = Directory.CreateTempSubdirectory("seedance-pgbouncer-").FullName;
        string users = Path.Combine(_folder, "users.txt");
        string settings = Path.Combine(_folder, "pgbouncer.ini");
        File.WriteAllText(users, "\"tester\" \"\"\n");
        File.WriteAllText(settings, FormattableString.Invariant($"""
            [databases]
            * = host=127.0.0.1 port={server}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {users}
            pool_mode = transaction
            default_pool_size = 5
            max_client_conn = 500
            """));
        if (user.Length > 0)
        {
            PostgresServer.RunProgram("chown", "-R", "65534:65534", _folder);
        }

        string[] command = [.. user, program, "-q", settings];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        while (!Listens())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException("PgBouncer ended as it began.");
            }
        }
    }

    /// <summary>Null where the machine has none.</summary>
    /// <param name="server">The server's port on loopback.</param>
    /// <param name="user">What makes another user of root, which it refuses to run as.</param>
    public static TransactionPooler? Start(int server, string[] user) =>
        PostgresServer.Find("pgbouncer") is { } program ? new TransactionPooler(program, server, user) : null;

    public string ConnectionString(string database) => PostgresServer.ConnectionString(database, _port);

    public void End()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Listens()
    {
        try
        {
            using TcpClient client = new("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using Microsoft.Data.Sqlite;
using Seedance.Storage;
using SQLitePCL;

namespace Seedance.Store;

/// <summary>
/// Whether the file is whole, looked at once after each start of the machine: a process that dies leaves a whole file, and a power cut on a
/// disk that lies may not. A damaged file is set aside with what belongs to it, and nothing takes its place until somebody has moved it
/// away.
/// </summary>
internal sealed class SqliteCheck(string path, TimeProvider clock)
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(2);
    private const int Steps = 10_000; // Of the engine's own, between two looks at the clock.
    private const string Aside = ".damaged-";
    private readonly string _mark = path + "-checked";
    private bool _done;

    /// <summary>Throws while a damaged file waits for what its owner makes of it; one that was emptied is no new store.</summary>
    public void RefuseEmpty()
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!File.Exists(path) && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, Path.GetFileName(path) + Aside + "*")
                .FirstOrDefault(file => !IsBeside(file)) is { } damaged)
        {
            throw Damaged(damaged, "It was set aside as " + damaged + ".", cause: null);
        }

        if (File.Exists(path) && new FileInfo(path).Length == 0 && ReadMark() is not null)
        {
            throw SetAside("it is empty, and was not", cause: null);
        }
    }

    /// <summary>Reads the whole file, as far as it comes in the time.</summary>
    public void Run(SqliteConnection connection)
    {
        if (_done || ReadMark() == MachineStart.Id)
        {
            _done = true;
            return;
        }

        if (Find(connection) is { } wrong)
        {
            connection.Dispose();
            throw SetAside(wrong, cause: null);
        }

        if (Ask(connection, "select count(*) from sqlite_master where type = 'table' and name = 'seedance'") is not 0L)
        {
            Mark();
        }
    }

    /// <summary>From now on its tables are on the disk.</summary>
    public void Mark()
    {
        try
        {
            AtomicFile.Write(_mark, Encoding.UTF8.GetBytes(MachineStart.Id), overwrite: true, ownerOnly: true, durable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is looked at again next time.
        }

        _done = true;
    }

    /// <summary>The next process looks again; and a new file may be empty.</summary>
    public void Forget() => AtomicFile.TryDelete(_mark);

    public SeedanceException SetAside(string wrong, Exception? cause)
    {
        string target = path + Aside + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        try
        {
            foreach (string end in new[] { "-wal", "-shm", string.Empty })
            {
                if (File.Exists(path + end))
                {
                    File.Move(path + end, target + end);
                }
            }

            Forget();
            DiskBarrier.FlushFolder(Path.GetDirectoryName(path)!);
            return Damaged(target, "It (" + wrong + ") was set aside as " + target + ".", cause);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Damaged(path, "It (" + wrong + ") could not be set aside: " + error.Message, cause);
        }
    }

    public SeedanceException Damaged(string damaged, string what, Exception? cause) => new(
        ErrorCode.StoreFailure,
        "The store " + path + " is damaged. " + what
            + " Its jobs may have been paid, so nothing is sent until it is repaired or moved away.", cause)
    {
        Target = path,
        RecommendedAction = "Keep a copy of it and of the files beside it. " + (damaged == path
            ? "Repair it with: sqlite3 " + path
                + " .recover | sqlite3 repaired.db, and put the result in its place. Or move it away and begin anew"
            : "Repair it with: sqlite3 " + damaged + " .recover | sqlite3 " + path + ". Or move it out of the folder and begin anew")
            + "; jobs that the providers still list are then taken up with Get-SeedanceJob -Provider <name> -AtProvider, and one in doubt is looked for with "
            + "Resolve-SeedanceJob. What was spent before counts against no cap then.",
    };

    private static bool IsBeside(string file) =>
        file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith("-shm", StringComparison.Ordinal);

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The program's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static string? Find(SqliteConnection connection)
    {
        long begun = TimeProvider.System.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, Steps, _ => TimeProvider.System.GetElapsedTime(begun) > s_most ? 1 : 0, null);
        try
        {
            return Ask(connection, "pragma quick_check(1)") is string wrong && wrong != "ok" ? wrong.Replace("\n", " ") : null;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return null; // So large a file is not read to its end; what is damaged is an error where it is met.
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            return SqliteErrors.Reason(error.Message);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private string? ReadMark()
    {
        try
        {
            return File.Exists(_mark) ? File.ReadAllText(_mark) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seedance.Store;

/// <summary>What SQLite's errors mean to the user.</summary>
internal static class SqliteFault
{
    public static bool IsBusy(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static bool IsReadOnly(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM;

    public static SeedanceException? Translate(string what, string path, Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: var code } when IsBusy(code) => StoreFault.Busy(path, StoreFault.Patience),
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => Damaged(path, error),
        SqliteException => StoreFault.Failed(what, Reason(error.Message), error),
        DllNotFoundException or TypeInitializationException or BadImageFormatException => NativeSqlite.Missing(error),
        _ => null,
    };

    /// <summary>Its text without the words around the engine's own.</summary>
    private static string Reason(string text)
    {
        int from = text.IndexOf('\'');
        int to = text.LastIndexOf('\'');
        return from >= 0 && to > from ? text.Substring(from + 1, to - from - 1) : text;
    }

    /// <summary>Nothing may take it for an empty store: its jobs may be paid for.</summary>
    private static SeedanceException Damaged(string path, Exception cause) => new(
        ErrorCode.StoreFailure, "The store " + path + " is damaged. Its jobs may have been paid, so nothing is sent until it is repaired or moved away.", cause)
    {
        Target = path,
        RecommendedAction = "Keep a copy of it and of the files beside it. Repair it with: sqlite3 " + path + " .recover | sqlite3 repaired.db. "
            + "Or move it away and begin anew; jobs that the provider still lists are then taken up with Get-SeedanceJob -Provider <name> -AtProvider.",
    };
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seedance.Store;

/// <summary>
/// The store of one machine: one file, written ahead, each commit flushed to the disk before it returns. A process has one connection that
/// writes, and as many that read as read at once; readers wait for nobody.
/// </summary>
internal sealed class SqliteEngine : StoreEngine
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patienceAtTheEnd = TimeSpan.FromSeconds(10);
    private readonly SqliteFile _file;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _locks;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly ConditionalWeakTable<SqliteConnection, Statements> _statements = new();
    private SqliteConnection? _writer;
    private bool _isReady;
    private bool _isReadable;
    private volatile bool _isDisposed;

    /// <summary>
    /// <paramref name="clock"/> is the store's clock, which is the machine's; <paramref name="locks"/> measures how long another process is
    /// waited for: the system's, like that of whoever holds the store.
    /// </summary>
    public SqliteEngine(string home, TimeProvider? clock = null, TimeProvider? locks = null)
    {
        _clock = clock ?? TimeProvider.System;
        _file = new SqliteFile(home, _clock);
        _locks = locks ?? TimeProvider.System;
    }

    public override string Place => _file.Path;

    public override string ForUpdate => string.Empty;

    public override async Task<StoreSession?> ReadAsync(CancellationToken stop)
    {
        if (_file.HasOldFiles)
        {
            await ReadyAsync(stop).ConfigureAwait(false);
        }

        _file.RefuseEmpty();
        if (!_file.Exists)
        {
            return null;
        }

        if (!_readers.TryTake(out SqliteConnection? connection))
        {
            NativeSqlite.Ensure();
            connection = _file.OpenToRead();
        }

        StoreSession session = new(this, connection, transaction: null, _ => GiveBack(connection), StatementsOf(connection));
        if (_isReadable)
        {
            return session;
        }

        try
        {
            if (!await IsUpToDateAsync(session).ConfigureAwait(false))
            {
                await ReadyAsync(stop).ConfigureAwait(false);
            }

            _isReadable = true;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public override async Task<StoreSession> WriteAsync(TimeSpan patience, bool durable, CancellationToken stop)
    {
        NativeSqlite.Ensure();
        long begun = _locks.GetTimestamp();
        for (TimeSpan pause = TimeSpan.FromMilliseconds(1); ; pause = pause + pause < s_longestPause ? pause + pause : s_longestPause)
        {
            await _turn.WaitAsync(stop).ConfigureAwait(false);
            bool begins = false;
            try
            {
                if (_isDisposed)
                {
                    throw new ObjectDisposedException(nameof(SqliteEngine));
                }

                if (TryBegin(durable))
                {
                    if (_isReady)
                    {
                        using StoreSession first = new(this, _writer!, transaction: null, static _ => { }, StatementsOf(_writer!));
                        _ = await VersionAsync(first).ConfigureAwait(false);
                        begins = true;
                        return new StoreSession(this, _writer!, transaction: null, End, StatementsOf(_writer!));
                    }

                    await PrepareAsync().ConfigureAwait(false);
                    continue;
                }
            }
            catch
            {
                Forget();
                throw;
            }
            finally
            {
                if (!begins)
                {
                    _turn.Release();
                }
            }

            if (_locks.GetElapsedTime(begun) >= patience)
            {
                throw StoreErrors.Busy(_file.Path, patience);
            }

            await _locks.After(pause, stop).ConfigureAwait(false);
        }
    }

    public override Task<DateTimeOffset> NowAsync(StoreSession session) => Task.FromResult(_clock.GetUtcNow());

    // A transaction that writes has the whole file.
    public override Task LockAsync(StoreSession session, params string[] names) => Task.CompletedTask;

    public override object Money(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    public override SeedanceException? Translate(string what, Exception error) =>
        _file.Damage(error) ?? SqliteErrors.Translate(what, _file.Path, error);

    protected override string Adapt(string sql) => sql
        .Replace("~", string.Empty)
        .Replace("{money}", "text")
        .Replace("{serial}", "integer primary key autoincrement");

    /// <summary>
    /// What is being written, behind a stopped command for example, comes to its end first. Who waits for a turn then finds the engine
    /// closed.
    /// </summary>
    public override void Dispose()
    {
        _isDisposed = true;
        if (_turn.Wait(s_patienceAtTheEnd))
        {
            Forget();
            _turn.Release();
        }

        CloseReaders();
    }

    private void GiveBack(SqliteConnection reader)
    {
        _readers.Add(reader);
        if (_isDisposed)
        {
            CloseReaders();
        }
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out SqliteConnection? reader))
        {
            reader.Dispose();
        }
    }

    private Statements StatementsOf(SqliteConnection connection) => _statements.GetValue(connection, static _ => new Statements());

    private async Task ReadyAsync(CancellationToken stop)
    {
        try
        {
            using StoreSession session = await WriteAsync(StoreErrors.Patience, durable: true, stop).ConfigureAwait(false);
        }
        catch (SqliteException error) when (_file.Exists && SqliteErrors.IsReadOnly(error))
        {
            // A folder that cannot be written can still be read.
        }
    }

    /// <summary>False when another process is writing.</summary>
    private bool TryBegin(bool durable)
    {
        if (_writer is not null && !_file.Exists)
        {
            Forget(); // Somebody has cleared the folder away; what is written to a file without a name is lost.
        }

        if (_writer is null)
        {
            _isReady = false;
            _writer = _file.OpenToWrite();
        }

        int code = Execute("pragma synchronous = " + (durable ? "full" : "normal") + "; begin immediate");
        return code == raw.SQLITE_OK || (SqliteErrors.IsBusy(code) ? false : throw Error(code));
    }

    /// <summary>Sees to the tables, in a transaction of its own, so that whoever reads finds them.</summary>
    private async Task PrepareAsync()
    {
        using StoreSession session = new(this, _writer!, transaction: null, static _ => { });
        bool isNew = !await HasTablesAsync(session).ConfigureAwait(false);
        if (isNew)
        {
            await SqliteFile.RefuseForeignAsync(session, _file.Path).ConfigureAwait(false);
        }

        await MigrateAsync(session, isNew, _clock.GetUtcNow()).ConfigureAwait(false);
        await _file.ImportAsync(session, isNew).ConfigureAwait(false);
        Check(Execute("commit"));
        _file.NoteFilled();
        _file.SetOldFilesAside();
        _isReady = true;
    }

    /// <summary>False, too, where there are no tables; asked without looking for them first, since every command asks.</summary>
    private static async Task<bool> IsUpToDateAsync(StoreSession session)
    {
        try
        {
            return await VersionAsync(session).ConfigureAwait(false) == Schema.Version;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return false;
        }
    }

    private static async Task<bool> HasTablesAsync(StoreSession session) => await session.FirstAsync(
        "select count(*) from sqlite_master where type = 'table' and name = 'seedance'", static row => row.GetInt64(0))
            .ConfigureAwait(false) > 0;

    private void End(bool commit)
    {
        try
        {
            Check(Execute(commit ? "commit" : "rollback"));
        }
        catch
        {
            if (commit)
            {
                _ = Execute("rollback");
            }

            Forget();
            if (commit)
            {
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private int Execute(string sql) => raw.sqlite3_exec(_writer!.Handle, sql);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    private SqliteException Error(int code) => new(raw.sqlite3_errmsg(_writer!.Handle).utf8_to_string(), code & 0xff, code);

    private void Forget()
    {
        _writer?.Dispose();
        _writer = null;
    }
}

using System.Collections.Concurrent;
using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// What differs between databases: how a connection is opened, how a transaction begins alone, and what an error means. All else is the
/// same SQL, written once, in which <c>~</c> stands before the name of a table.
/// </summary>
internal abstract class StoreEngine : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _expanded = new(StringComparer.Ordinal);
    private readonly ProcessMark? _self;

    /// <summary>Where the store is, for messages. Holds no password.</summary>
    public abstract string Place { get; }

    /// <summary>By which this process is known to the others.</summary>
    public ProcessMark Self
    {
        get => _self ?? ProcessMark.Current;
        init => _self = value;
    }

    /// <summary>How far the store's clock is ahead of this machine's.</summary>
    public virtual TimeSpan Ahead => TimeSpan.Zero;

    /// <summary>What makes a selected row its transaction's own.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, and rows that are another's are passed over.</summary>
    public virtual string ForUpdateOfFree => ForUpdate;

    /// <summary>For reading; null while nothing was ever stored.</summary>
    public abstract Task<StoreSession?> ReadAsync(CancellationToken stop);

    /// <summary>
    /// A transaction that writes. Where another holds what this one needs for longer than <paramref name="patience"/>, it is an error of
    /// which <see cref="StoreErrors.IsBusy"/> is true. Without <paramref name="durable"/> a power cut may take what is written.
    /// </summary>
    public abstract Task<StoreSession> WriteAsync(TimeSpan patience, bool durable, CancellationToken stop);

    /// <summary>The time by the clock that all users of the store go by.</summary>
    public abstract Task<DateTimeOffset> NowAsync(StoreSession session);

    /// <summary>
    /// Makes things this transaction's own until it ends, one after the other, in engines that do not give it everything.
    /// </summary>
    public abstract Task LockAsync(StoreSession session, params string[] names);

    /// <summary>A transaction of which all that it reads is of one moment; in engines that give it everything any is.</summary>
    public virtual Task<StoreSession> SnapshotAsync(CancellationToken stop) => WriteAsync(StoreErrors.Patience, durable: false, stop);

    /// <summary>Nobody else writes to these tables until the transaction ends.</summary>
    public virtual Task KeepOthersOutAsync(StoreSession session, IEnumerable<string> tables) => Task.CompletedTask;

    /// <summary>The next row's number follows those that were given by hand.</summary>
    public virtual Task CountOnAsync(StoreSession session, string table, string column) => Task.CompletedTask;

    /// <summary>The engine's form of an exact decimal.</summary>
    public abstract object Money(decimal amount);

    /// <summary>Whether the same again may succeed, since nothing was wrong with what was asked.</summary>
    public virtual bool IsTransient(Exception error) => false;

    /// <summary>What an error of the engine means to the user; null for what is none of its errors.</summary>
    public abstract SeedanceException? Translate(string what, Exception error);

    /// <summary>SQL as this engine takes it.</summary>
    public string Expand(string sql) => _expanded.GetOrAdd(sql, Adapt);

    public abstract void Dispose();

    protected abstract string Adapt(string sql);

    /// <summary>
    /// Brings the schema up to date within a transaction; refuses one of a later version that says it is not for this one.
    /// </summary>
    protected static async Task MigrateAsync(StoreSession session, bool isNew, DateTimeOffset now)
    {
        int version = isNew ? 0 : await VersionAsync(session).ConfigureAwait(false);
        for (int step = version + 1; step <= Schema.Version; step++)
        {
            foreach (string statement in Schema.Step(step))
            {
                await session.RunAsync(statement).ConfigureAwait(false);
            }

            await session.RunAsync(
                step == 1
                    ? "insert into ~seedance (id, version, compatible, created_at) values (1, @version, @compatible, @now)"
                    : "update ~seedance set version = @version, compatible = @compatible",
                ("version", step),
                ("compatible", Schema.Compatible),
                ("now", SqlTime.Text(now))).ConfigureAwait(false);
        }
    }

    /// <summary>The schema's version, at most this program's.</summary>
    protected static async Task<int> VersionAsync(StoreSession session)
    {
        (int version, int compatible) = await session.FirstAsync(
            "select version, compatible from ~seedance", static row => (row.GetInt32(0), row.GetInt32(1))).ConfigureAwait(false);
        RefuseLater(compatible);
        return Math.Min(version, Schema.Version);
    }

    /// <summary>
    /// Refuses tables that this program may not work with. They may be brought up to a later version while it works, so that each
    /// transaction that writes asks.
    /// </summary>
    protected static void RefuseLater(int compatible)
    {
        if (compatible > Schema.Version)
        {
            throw new SeedanceException(
                ErrorCode.StoreFailure, "The store was set up by a later version of this module, which this one cannot work with.")
            {
                RecommendedAction = "Update the module on this machine.",
            };
        }
    }
}

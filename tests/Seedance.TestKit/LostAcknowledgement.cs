using System.Data.Common;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>An engine whose connection breaks once between a commit and the word that it was made.</summary>
/// <param name="bench">Whose store, which has its tables already.</param>
/// <param name="inner">An engine of that store.</param>
internal sealed class LostAcknowledgement(StoreBench bench, StoreEngine inner) : StoreEngine
{
    /// <summary>How many commits were made.</summary>
    public int Commits { get; private set; }

    public override string Place => inner.Place;

    public override string ForUpdate => inner.ForUpdate;

    public override string ForUpdateOfFree => inner.ForUpdateOfFree;

    public override Task<StoreSession?> ReadAsync(CancellationToken stop) => inner.ReadAsync(stop);

    public override Task<StoreSession> WriteAsync(TimeSpan patience, bool durable, CancellationToken stop)
    {
        DbConnection connection = bench.Connect();
        DbTransaction transaction = connection.BeginTransaction();
        return Task.FromResult(new StoreSession(this, connection, transaction, commit =>
        {
            using (connection)
            using (transaction)
            {
                if (!commit)
                {
                    return;
                }

                transaction.Commit();
            }

            if (++Commits == 1)
            {
                throw new EndOfStreamException("The connection broke.");
            }
        }));
    }

    public override Task<DateTimeOffset> NowAsync(StoreSession session) => inner.NowAsync(session);

    public override Task LockAsync(StoreSession session, params string[] names) => inner.LockAsync(session, names);

    public override object Money(decimal amount) => inner.Money(amount);

    public override bool IsTransient(Exception error) => error is EndOfStreamException;

    public override SeedanceException? Translate(string what, Exception error) => inner.Translate(what, error);

    public override void Dispose() => inner.Dispose();

    protected override string Adapt(string sql) => inner.Expand(sql);
}

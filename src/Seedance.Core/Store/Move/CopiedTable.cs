using System.Data.Common;
using System.Security.Cryptography;

namespace Seedance.Store;

/// <summary>
/// A table as it is copied from engine to engine. <paramref name="Key"/> has its rows in an order that all engines agree on;
/// <paramref name="Counter"/> is the column that counts up by itself, null where none does.
/// </summary>
internal sealed record CopiedTable(string Name, string Key, string? Counter = null)
{
    private static readonly HashSet<string> s_money = new(["amount", "reserved", "settled"], StringComparer.Ordinal);

    /// <summary>
    /// All but the version, which each store has its own of, and the processes that hold jobs or wait, which are at work on one store.
    /// </summary>
    public static IReadOnlyList<CopiedTable> All { get; } =
    [
        new("account", "account"),
        new("job", "id"),
        new("ledger", "entry", Counter: "entry"),
        new("day_sum", "day, provider, profile, model, unit, simulated"),
        new("duration", "entry", Counter: "entry"),
        new("trace", "entry", Counter: "entry"),
    ];

    public async Task<long> CountAsync(StoreSession session) =>
        await session.FirstAsync("select count(*) from ~" + Name,
            static row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture)).ConfigureAwait(false);

    public async Task CopyAsync(StoreSession from, StoreSession to)
    {
        string? sql = null;
        await from.EachAsync(Select, async row =>
        {
            string[] names = [.. Enumerable.Range(0, row.FieldCount).Select(row.GetName)];
            sql ??= "insert into ~" + Name + " (" + string.Join(", ", names) + ") values ("
                + string.Join(", ", names.Select(static name => "@" + name)) + ")";
            await to.RunAsync(sql,
                [.. names.Select(
                (name, column) => (name, Value(row, column) is decimal amount ? to.Engine.Money(amount) : Value(row, column)))])
                .ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (Counter is not null)
        {
            await to.Engine.CountOnAsync(to, Name, Counter).ConfigureAwait(false);
        }
    }

    /// <summary>What all rows come to, the same for the same rows in every engine.</summary>
    public async Task<string> FingerprintAsync(StoreSession session)
    {
        using SHA256 hash = SHA256.Create();
        await session.EachAsync(Select, row =>
        {
            // By name: a column that a later step has added stands elsewhere in an older table.
            IEnumerable<string> fields = Enumerable.Range(0, row.FieldCount).OrderBy(row.GetName, StringComparer.Ordinal)
                .Select(column => row.GetName(column) + "="
                    + string.Format(CultureInfo.InvariantCulture, Value(row, column) is double ? "{0:R}" : "{0}", Value(row, column)));
            byte[] bytes = Encoding.UTF8.GetBytes(string.Join("\0", fields) + "\n");
            hash.TransformBlock(bytes, 0, bytes.Length, null, 0);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        hash.TransformFinalBlock([], 0, 0);
        return BitConverter.ToString(hash.Hash!);
    }

    private string Select => $"select * from ~{Name} order by {Key}";

    /// <summary>Null, a text, a long, a double, or an amount without the zeros at its end.</summary>
    private static object? Value(DbDataReader row, int column) => row.GetValue(column) switch
    {
        DBNull => null,
        string text when s_money.Contains(row.GetName(column)) =>
            Plain(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        decimal amount => Plain(amount),
        int number => (long)number,
        var other => other,
    };

    private static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;
}

using System.Data.Common;

namespace Seedance.Store;

/// <summary>
/// One use of a connection. What was written and not committed is undone when it ends. <paramref name="end"/> gives the connection back:
/// whether to commit, which throws when it fails. <paramref name="statements"/> are the connection's, where its driver keeps none itself.
/// <paramref name="batch"/> runs one statement for many values without waiting for each, where each would be a way to a server and back.
/// </summary>
internal sealed class StoreSession(
    StoreEngine engine,
    DbConnection connection,
    DbTransaction? transaction,
    Action<bool> end,
    Statements? statements = null,
    Func<string, IReadOnlyList<(string Name, object? Value)[]>, Task<IReadOnlyList<int>>>? batch = null) : IDisposable
{
    private bool _ended;

    public StoreEngine Engine => engine;

    public Task<int> RunAsync(string sql, params (string Name, object? Value)[] values) =>
        UseAsync(sql, values, static command => command.ExecuteNonQueryAsync());

    /// <summary>The same statement for each of many, in their order; gives how many rows each has changed.</summary>
    public async Task<IReadOnlyList<int>> RunManyAsync(string sql, IReadOnlyList<(string Name, object? Value)[]> values)
    {
        if (batch is not null)
        {
            return values.Count == 0 ? [] : await batch(engine.Expand(sql), values).ConfigureAwait(false);
        }

        int[] changed = new int[values.Count];
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = await RunAsync(sql, values[i]).ConfigureAwait(false);
        }

        return changed;
    }

    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values) =>
        UseAsync(sql, values, async command =>
        {
            using DbDataReader reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            List<T> rows = [];
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                rows.Add(read(reader));
            }

            return rows;
        });

    /// <summary>Each row as it is read, for what is too much to be held at once.</summary>
    public Task EachAsync(string sql, Func<DbDataReader, Task> take) => UseAsync(sql, [], async command =>
    {
        using DbDataReader reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            await take(reader).ConfigureAwait(false);
        }

        return true;
    });

    /// <summary>The first row, or the type's default.</summary>
    public Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values) =>
        UseAsync(sql, values, async command =>
        {
            using DbDataReader reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            return await reader.ReadAsync().ConfigureAwait(false) ? read(reader) : default;
        });

    /// <summary>What was written is durable when this returns.</summary>
    public void Commit()
    {
        _ended = true;
        end(true);
    }

    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            end(false);
        }
    }

    private async Task<T> UseAsync<T>(string sql, (string Name, object? Value)[] values, Func<DbCommand, Task<T>> use)
    {
        string text = engine.Expand(sql);
        DbCommand command = statements?.Take(text) ?? Command(text);
        bool isKept = false;
        try
        {
            foreach ((string name, object? value) in values)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = "@" + name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            T result = await use(command).ConfigureAwait(false);
            isKept = statements?.Keep(command) == true;
            return result;
        }
        finally
        {
            if (!isKept)
            {
                command.Dispose();
            }
        }
    }

    private DbCommand Command(string text)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the program's own; whatever comes from outside is a parameter.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Transaction = transaction;
        return command;
    }
}

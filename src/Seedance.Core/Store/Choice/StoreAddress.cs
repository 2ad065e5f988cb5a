using Npgsql;

namespace Seedance.Store;

/// <summary>
/// Which server, database and user, from a connection string or an address such as <c>postgres://user@host:5432/name</c>.
/// <paramref name="ConnectionString"/> is as the driver takes it; may hold a password, and is never shown. <paramref name="Place"/> is for
/// messages.
/// </summary>
internal sealed record StoreAddress(string ConnectionString, string Place)
{
    public static StoreAddress Parse(string text)
    {
        NpgsqlConnectionStringBuilder builder = Builder(text);
        builder.ApplicationName ??= "Seedance";
        builder.Enlist = false;
        builder.NoResetOnClose = true; // A pooler resets what it has to.
        builder.ServerCompatibilityMode = ServerCompatibilityMode.NoTypeLoading; // Its own types would cost the first command 10 ms.
        if (builder.SslMode == SslMode.Prefer && !IsLocal(builder.Host!)) // Which anybody on the way could turn into none.
        {
            builder.SslMode = SslMode.Require;
        }

        return new StoreAddress(
            builder.ConnectionString,
            string.Format(CultureInfo.InvariantCulture, "{0}:{1}/{2}", builder.Host, builder.Port, builder.Database ?? builder.Username));
    }

    /// <summary>What may be written down, and whether there was a password.</summary>
    public static (string Text, bool HadPassword) WithoutPassword(string text)
    {
        NpgsqlConnectionStringBuilder builder = Builder(text);
        bool had = builder.Remove("Password");
        return (builder.ConnectionString, had);
    }

    public override string ToString() => Place;

    private static NpgsqlConnectionStringBuilder Builder(string text)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
                && address.Scheme is "postgres" or "postgresql"
                ? OfAddress(address)
                : new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(builder.Host) ? throw new FormatException("No host.") : builder;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "What names the store is no connection to PostgreSQL.")
            {
                RecommendedAction =
                    "Write Host=...;Database=...;Username=... or postgres://user@host/database. A password comes from PGPASSWORD or ~/.pgpass.",
            };
        }
    }

    private static NpgsqlConnectionStringBuilder OfAddress(Uri address)
    {
        string[] user = address.UserInfo.Split([':'], 2);
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = address.Host,
            Port = address.IsDefaultPort || address.Port < 0 ? 5432 : address.Port,
            Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (string[] pair in address.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(['='], 2)))
        {
            string value = Uri.UnescapeDataString(pair[pair.Length - 1]);
            bool isMode = pair[0] == "sslmode"; // libpq has verify-full where Npgsql has VerifyFull.
            builder[isMode ? "SSL Mode" : pair[0]] = isMode ? value.Replace("-", string.Empty) : value;
        }

        return builder;
    }

    private static bool IsLocal(string host) =>
        host is "localhost" or "::1" || host.StartsWith("127.", StringComparison.Ordinal) || host.StartsWith("/", StringComparison.Ordinal);
}

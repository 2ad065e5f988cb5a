using System.Net.Sockets;
using Npgsql;

namespace Seedance.Store;

/// <summary>What PostgreSQL's errors mean to the user. No message of ours holds a connection string.</summary>
internal static class PostgresErrors
{
    private const string LockNotAvailable = "55P03";
    private const string InsufficientPrivilege = "42501";
    private const string ForeignObjects = "42";
    private const string NoResources = "53";
    private const string SystemErrors = "58";

    // PgBouncer says all that it says itself under the code of a broken protocol, the passing and the lasting (1.18, seen 2026-11-26).
    private const string PoolerSays = "08P01";
    private static readonly string[] s_lasting =
        ["no such user", "no such database", "authentication failed", "unsupported startup parameter"];

    /// <summary>
    /// A connection that broke, a server that restarts or is full, two transactions in each other's way: the same again may succeed.
    /// </summary>
    public static bool IsTransient(Exception error) => error switch
    {
        PostgresException { SqlState: LockNotAvailable } => false, // It was waited for as long as it may be.
        PostgresException { SqlState: "40001" or "40P01" or "53300" or "57P01" or "57P02" or "57P03" } => true,
        PostgresException told => IsOf(told.SqlState, "08") && !IsLasting(told),
        SocketException => true, // The host's name is not to be found.
        NpgsqlException broken => broken.IsTransient || broken.InnerException is IOException or SocketException or TimeoutException,
        _ => false,
    };

    public static SeedanceException? Translate(string what, string place, Exception error) => error switch
    {
        PostgresException { SqlState: LockNotAvailable } => Busy(what, place, "another process held what it needs for too long", error),
        NpgsqlException or SocketException when IsTransient(error) =>
            Busy(what, place, "the server does not answer (" + Why(error) + ")", error),
        PostgresException told => Refused(place, told),
        NpgsqlException => Unusable(what, place, error),
        NotSupportedException when error.Message.Contains("certificate") => NoPem(place, error),
        _ => null,
    };

    /// <summary>The driver's build for both editions reads client certificates from .pfx files alone (Npgsql 8.0.9).</summary>
    private static SeedanceException NoPem(string place, Exception cause) => new(
        ErrorCode.StoreFailure, "The client certificate for the store " + place + " is no .pfx file.", cause)
    {
        Target = place,
        RecommendedAction = "Name one that is: SSL Certificate=client.pfx in the connection string, or PGSSLCERT. "
            + "It counts over ~/.postgresql/postgresql.crt.",
    };

    private static bool IsLasting(PostgresException told) => told.SqlState == PoolerSays
        && s_lasting.Any(text => told.MessageText.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsOf(string state, string kind) => state.StartsWith(kind, StringComparison.Ordinal);

    private static string Why(Exception error) =>
        (error as PostgresException)?.MessageText ?? error.InnerException?.Message ?? error.Message;

    private static SeedanceException Busy(string what, string place, string why, Exception cause) => new(
        ErrorCode.StoreFailure,
        string.Format(CultureInfo.InvariantCulture, "Could not {0}: the store {1} is not to be had, for {2}.", what, place, why),
        new TimeoutException(cause.Message, cause))
    {
        Target = place,
        RecommendedAction = "See that the server runs and can be reached, then try again.",
    };

    private static SeedanceException Unusable(string what, string place, Exception cause) => new(
        ErrorCode.StoreFailure,
        string.Format(
            CultureInfo.InvariantCulture, "Could not {0}: the store {1} cannot be used: {2}.", what, place, Why(cause).TrimEnd('.')),
        cause)
    {
        Target = place,
        RecommendedAction = "Check that host and port are PostgreSQL's, that there is a password (PGPASSWORD, or a line of ~/.pgpass), and "
            + "that the server takes encrypted connections or the address says that none are wanted (sslmode=disable). Then run Test-SeedanceStore.",
    };

    private static SeedanceException Refused(string place, PostgresException told) => new(
        ErrorCode.StoreFailure, string.Format(CultureInfo.InvariantCulture, "The store {0} refuses: {1}.", place, told.MessageText), told)
    {
        Target = place,
        RecommendedAction = told.SqlState switch
        {
            PoolerSays => "Check the user, the password and the database: in the connection string, and in PgBouncer's settings.",
            "28P01" or "28000" => "Check the user and the password: PGPASSWORD, or a line of ~/.pgpass.",
            "3D000" => "Create the database, or name another.",
            "25006" => "Name the server that takes writes, and a database and a role that may write.",
            InsufficientPrivilege => "Let a role that may create tables run Test-SeedanceStore once, and grant this one usage of the "
                + "schema seedance and all rights on its tables.",
            var state when IsOf(state, ForeignObjects) =>
                "The schema seedance in that database is another program's, or was changed by hand. Name another database.",
            var state when IsOf(state, NoResources) || IsOf(state, SystemErrors) =>
                "Let the server have what it lacks, such as room on its disk, then try again. Its log says more.",
            _ => "See what the server's log says, then try again.",
        },
    };
}

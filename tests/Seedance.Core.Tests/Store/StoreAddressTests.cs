using System.Net.Sockets;
using Npgsql;
using Seedance.Store;

namespace Seedance.Core.Tests.Store;

public sealed class StoreAddressTests
{
    [Fact]
    public void Parse_AddressWithSettings_TakesEachAsItIsWritten()
    {
        StoreAddress address = StoreAddress.Parse("postgres://render@db.example/farm?sslmode=verify-full&RootCertificate=/etc/my-ca.pem");

        NpgsqlConnectionStringBuilder read = new(address.ConnectionString);
        Assert.Equal((SslMode.VerifyFull, "/etc/my-ca.pem"), (read.SslMode, read.RootCertificate));
    }

    [Fact]
    public void Translate_ClientCertificateThatTheDriverCannotRead_SaysWhichItCan()
    {
        NotSupportedException cause = new("PEM certificates are only supported with .NET 6 and higher");

        SeedanceException error = PostgresErrors.Translate("list the jobs", "db.example:5432/farm", cause)!;

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains("SSL Certificate=client.pfx", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("28P01", "the password")]
    [InlineData("3D000", "Create the database")]
    [InlineData("25006", "takes writes")]
    [InlineData("42501", "grant this one usage")]
    [InlineData("42P07", "another program's")]
    [InlineData("42703", "another program's")]
    [InlineData("53100", "room on its disk")]
    [InlineData("58030", "room on its disk")]
    [InlineData("XX000", "server's log")]
    public void Translate_RefusalOfAServer_SaysWhatToDoThere(string state, string action) =>
        AssertIsOfAServer(new PostgresException("told so", "ERROR", "ERROR", state), "told so", action);

    [Fact]
    public void Translate_ServerThatIsNone_SaysWhatToCheckInTheAddress() =>
        AssertIsOfAServer(new NpgsqlException("Received unknown response H"), "unknown response H", "port are PostgreSQL's");

    [Fact]
    public void Translate_NameThatIsNotFound_SaysThatTheServerCannotBeReached() =>
        AssertIsOfAServer(new SocketException((int)SocketError.HostNotFound), "does not answer", "can be reached");

    private static void AssertIsOfAServer(Exception cause, string message, string action)
    {
        SeedanceException error = PostgresErrors.Translate("list the jobs", "db.example:5432/farm", cause)!;

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("db.example:5432/farm", error.Message, StringComparison.Ordinal);
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
    }
}

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
}

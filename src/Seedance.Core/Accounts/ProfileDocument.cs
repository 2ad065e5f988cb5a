using System.Text.Json;
using Seedance.Wire;

namespace Seedance.Accounts;

/// <summary>The stored form of a profile.</summary>
internal static class ProfileDocument
{
    private const int Version = 1;

    public static byte[] Write(SeedanceProfile profile)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            ProfileWriter fields = new(json);
            fields.Integer("version", Version);
            Fields(fields, profile);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>Throws <see cref="SeedanceException"/> for a setting that cannot be used.</summary>
    public static SeedanceProfile Read(string path)
    {
        using JsonDocument parsed = JsonDocument.Parse(File.ReadAllText(path));
        return Fields(new ProfileReader(new WireNode(parsed.RootElement), path), new SeedanceProfile());
    }

    private static SeedanceProfile Fields(DocumentFields document, SeedanceProfile profile) => new()
    {
        Name = document.Text("name", profile.Name) ?? string.Empty,
        Provider = document.Text("provider", profile.Provider) ?? string.Empty,
        BaseUri = document.Address("baseUri", profile.BaseUri),
        KeyVariable = document.Text("keyVariable", profile.KeyVariable),
        SecondKeyVariable = document.Text("secondKeyVariable", profile.SecondKeyVariable),
        Vault = document.Text("vault", profile.Vault),
        SecretName = document.Text("secretName", profile.SecretName),
        Model = document.Text("model", profile.Model),
        Concurrency = document.Integer("concurrency", profile.Concurrency),
        Proxy = document.Address("proxy", profile.Proxy),
        NoProxy = document.Flag("noProxy", profile.NoProxy) ?? false,
        RetryServerError = document.Flag("retryServerError", profile.RetryServerError) ?? false,
        MaxCostPerDay = document.Number("maxCostPerDay", profile.MaxCostPerDay),
        MaxCostPerMonth = document.Number("maxCostPerMonth", profile.MaxCostPerMonth),
        CostUnit = document.Text("costUnit", profile.CostUnit),
        MaxJobsPerDay = document.Integer("maxJobsPerDay", profile.MaxJobsPerDay),
        MaxJobsPerMonth = document.Integer("maxJobsPerMonth", profile.MaxJobsPerMonth),
        MaxSecondsPerDay = document.Integer("maxSecondsPerDay", profile.MaxSecondsPerDay),
        MaxSecondsPerMonth = document.Integer("maxSecondsPerMonth", profile.MaxSecondsPerMonth),
    };

    /// <summary>Every setting stands in the file, so that whoever edits it sees which there are.</summary>
    private sealed class ProfileWriter(Utf8JsonWriter json) : DocumentWriter(json)
    {
        protected override bool Begin(string name, bool isKnown)
        {
            Json.WritePropertyName(name);
            if (!isKnown)
            {
                Json.WriteNullValue();
            }

            return isKnown;
        }
    }
}

using System.Text.Json.Nodes;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Core.Tests.Providers;

/// <summary>Answers from text and from transcripts, and comparison of bodies field for field.</summary>
internal static class WireText
{
    public static WireResponse Answer(int status, string body, params (string Name, string Value)[] headers) => new()
    {
        Status = status,
        Bytes = Encoding.UTF8.GetBytes(body),
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        ReceivedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };

    public static WireResponse Transcript(string host, string name, int status = 200) =>
        Answer(status, Document(host, name));

    public static string Document(string host, string name) => File.ReadAllText(Path.Combine(Folder(host), name + ".json"));

    /// <summary>The folder of a provider's transcripts: its name in lower case; two houses are one host.</summary>
    public static string HostOf(string provider) => provider is "BytePlus" or "Volcengine" ? "ark" : provider.ToLowerInvariant();

    /// <summary>A document of several bodies, one a line.</summary>
    public static IReadOnlyList<string> Lines(string provider, string name)
    {
        string path = Path.Combine(Folder(HostOf(provider)), name);
        return File.Exists(path) ? File.ReadAllLines(path) : throw new InvalidOperationException(
            $"tests/Seedance.Core.Tests/Transcripts/{HostOf(provider)} has no {name}; CONTRIBUTING.md has its form (Add a provider, 4).");
    }

    public static IEnumerable<string> Transcripts(string host) =>
        Directory.EnumerateFiles(Folder(host), "*.json").Order(StringComparer.Ordinal);

    public static SeedanceModel Row(this IProviderAdapter adapter, string wireModel, GenerationMode mode) =>
        adapter.Models.Single(row => row.Model.WireModel == wireModel && row.Model.StartsFrom == mode).Model;

    public static ModelCapability Capability(this IProviderAdapter adapter, string name, GenerationMode mode, string? resolution = null) =>
        adapter.Models.First(row => row.Model.Name == name && row.Model.StartsFrom == mode
            && (resolution is null || row.Model.Resolutions.Contains(resolution)));

    public static SeedanceModel Unknown(string wireModel) => new() { WireModel = wireModel };

    public static void SameJson(string expected, JsonObject? actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual),
        "expected " + JsonNode.Parse(expected)!.ToJsonString() + "\n but was " + actual?.ToJsonString());

    private static string Folder(string host) => Path.Combine(AppContext.BaseDirectory, "Transcripts", host);
}

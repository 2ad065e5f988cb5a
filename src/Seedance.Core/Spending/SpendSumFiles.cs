using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Storage;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Spending;

/// <summary>Sums of a page as far as it was read.</summary>
/// <param name="Length">Bytes of the page that they are made of, to the end of a line.</param>
/// <param name="Sums">What these came to.</param>
/// <param name="IsWhole">Every line was read for them, rather than added to older sums.</param>
internal sealed record KeptSums(long Length, IReadOnlyList<SpendSum> Sums, bool IsWhole);

/// <summary>Sums that were made once. May be deleted at any time: they are made again.</summary>
internal sealed class SpendSumFiles(string folder)
{
    private const int Version = 1;

    public KeptSums? Read(string day)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(File.ReadAllBytes(PathOf(day)).AsMemory());
            WireNode document = new(parsed.RootElement);
            return document["version"].Integer == Version && document["length"].Long is { } length
                ? new KeptSums(length, [.. document["sums"].Items.Select(sum => Read(day, sum))], document["whole"].Flag ?? false)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string day, KeptSums kept)
    {
        JsonObject document = new()
        {
            ["version"] = Version,
            ["length"] = kept.Length,
            ["whole"] = kept.IsWhole,
            ["sums"] = new JsonArray([.. kept.Sums.Select(Write)]),
        };
        try
        {
            StateFolder.Create(folder);
            AtomicFile.Write(PathOf(day), Encoding.UTF8.GetBytes(document.ToJsonString()), overwrite: true, ownerOnly: true, durable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next process reads the page instead.
        }
    }

    private static JsonObject Write(SpendSum sum) => JobDocument.Compact(new JsonObject
    {
        ["provider"] = sum.Key.Provider,
        ["profile"] = sum.Key.Profile,
        ["model"] = sum.Key.Model,
        ["unit"] = sum.Key.Unit,
        ["simulated"] = sum.Key.IsSimulated,
        ["reserved"] = sum.Amount.Reserved,
        ["settled"] = sum.Amount.Settled,
        ["jobs"] = sum.Amount.Jobs,
        ["unpriced"] = sum.Amount.Unpriced,
        ["seconds"] = sum.Amount.Seconds,
    });

    private static SpendSum Read(string day, WireNode node) => new(
        day,
        new SpendKey(
            node["provider"].Text ?? string.Empty, node["profile"].Text, node["model"].Text ?? string.Empty, node["unit"].Text ?? string.Empty, node["simulated"].Flag ?? false),
        new SpendAmount(
            node["reserved"].Number ?? 0, node["settled"].Number ?? 0, node["jobs"].Integer ?? 0, node["unpriced"].Integer ?? 0, node["seconds"].Long ?? 0));

    private string PathOf(string day) => Path.Combine(folder, day + ".json");
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Storage;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Spending;

/// <summary>Sums of whole pages, each with the length of the page it was made from. May be deleted at any time: they are made again.</summary>
internal sealed class SpendSumFiles(string folder)
{
    private const int Version = 1;

    public IReadOnlyList<SpendSum>? Read(string day, long length)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(File.ReadAllBytes(PathOf(day)).AsMemory());
            WireNode document = new(parsed.RootElement);
            return document["version"].Integer == Version && document["length"].Long == length
                ? [.. document["sums"].Items.Select(sum => Read(day, sum))]
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string day, long length, IReadOnlyList<SpendSum> sums)
    {
        JsonObject document = new()
        {
            ["version"] = Version,
            ["length"] = length,
            ["sums"] = new JsonArray([.. sums.Select(Write)]),
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

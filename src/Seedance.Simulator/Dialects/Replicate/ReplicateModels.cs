using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>Models as the HTTP reference shows them, and the ids of their versions, which are made of their names here.</summary>
internal static class ReplicateModels
{
    public static string Version(string name)
    {
        using SHA256 sha = SHA256.Create();
        return string.Concat(
            sha.ComputeHash(Encoding.UTF8.GetBytes(name)).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>By a version's id, by <c>owner/name</c>, or by both with a colon between them.</summary>
    public static ReplicateModel? ByVersion(string version)
    {
        string id = version.Substring(version.IndexOf(':') + 1);
        return ReplicateCatalogue.All.Values.FirstOrDefault(model => model.Name == version || Version(model.Name) == id);
    }

    public static JsonObject Spell(ReplicateModel model)
    {
        string[] name = model.Name.Split('/');
        return new JsonObject
        {
            ["url"] = "https://replicate.com/" + model.Name,
            ["owner"] = name[0],
            ["name"] = name[1],
            ["description"] = "Seedance, simulated",
            ["visibility"] = "public",
            ["is_official"] = true,
            ["github_url"] = null,
            ["paper_url"] = null,
            ["license_url"] = null,
            ["run_count"] = 0,
            ["cover_image_url"] = null,
            ["default_example"] = null,
            ["latest_version"] = new JsonObject
            {
                ["id"] = Version(model.Name),
                ["created_at"] = "2026-06-01T00:00:00.000Z",
                ["cog_version"] = "0.9.0",
                ["openapi_schema"] = new JsonObject(),
            },
        };
    }
}

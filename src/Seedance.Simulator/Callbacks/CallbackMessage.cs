using System.Text.Json.Nodes;

namespace Seedance.Simulator.Callbacks;

/// <summary>What a host posts.</summary>
internal sealed record CallbackMessage(byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public static CallbackMessage Of(JsonNode body) => new(Encoding.UTF8.GetBytes(body.ToJsonString()));
}

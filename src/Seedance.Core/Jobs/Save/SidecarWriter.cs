using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Downloads;
using Seedance.Wire;

namespace Seedance.Jobs.Save;

/// <summary>
/// A job as its sidecar shows it: all of its record that tells how the video was made, without accounts and secrets. Addresses lose user,
/// query and fragment; embedded media lose their megabytes.
/// </summary>
internal sealed class SidecarWriter(Utf8JsonWriter json) : DocumentWriter(json)
{
    private const int LongestData = 64;

    /// <summary>Whose account it was, and what was true only while the job was under way or its file still at the provider.</summary>
    private static readonly HashSet<string> s_omitted = new(StringComparer.Ordinal)
    {
        "profile", "asked", "clientToken", "status", "progress", "startedAt", "lastCheckedAt", "error", "attempts", "expiresAt",
    };

    /// <summary>A file lies beside its sidecar, wherever both are moved, so its folder says nothing.</summary>
    public override string? Text(string name, string? value) => name switch
    {
        "id" => base.Text("jobId", value),
        "path" => base.Text("file", Path.GetFileName(value)),
        _ => base.Text(name, value),
    };

    public override DateTimeOffset? Time(string name, DateTimeOffset? value)
    {
        if (Begin(name, value is not null))
        {
            Json.WriteStringValue(value!.Value.ToUniversalTime());
        }

        return value;
    }

    /// <summary>One who reads the file need not know what a missing flag means.</summary>
    public override bool Switch(string name, bool value) => Flag(name, value) ?? false;

    public override IReadOnlyDictionary<string, object?> Options(string name, IReadOnlyDictionary<string, object?> values)
    {
        if (Begin(name, values.Count > 0))
        {
            Write(JsonValues.ToNode(values, "Option"));
        }

        return values;
    }

    protected override bool Begin(string name, bool isKnown) => base.Begin(name, isKnown && !s_omitted.Contains(name));

    protected override string Shown(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && text.Length > LongestData)
        {
            return string.Format(CultureInfo.InvariantCulture, "{0}... ({1} characters)", text.Substring(0, LongestData), text.Length);
        }

        bool address = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return address && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? MediaSource.Describe(uri) : text;
    }

    private void Write(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                Json.WriteStartObject();
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                {
                    Json.WritePropertyName(field.Key);
                    Write(field.Value);
                }

                Json.WriteEndObject();
                break;
            case JsonArray items:
                Json.WriteStartArray();
                foreach (JsonNode? item in items)
                {
                    Write(item);
                }

                Json.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                Json.WriteStringValue(Shown(text));
                break;
            case null:
                Json.WriteNullValue();
                break;
            default:
                node.WriteTo(Json);
                break;
        }
    }
}

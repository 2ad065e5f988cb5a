using System.Security.Cryptography;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>Which changes Replicate calls for, and how it signs the calls (webhook page, 2026-09).</summary>
internal static class ReplicateWebhooks
{
    public const string Prefix = "whsec_";

    /// <summary>
    /// What <c>GET /v1/webhooks/default/secret</c> hands out; it follows from the engine's seed, so that a test knows it.
    /// </summary>
    public static string Secret(SimulatorOptions options) => Prefix + Convert.ToBase64String(Key(options));

    /// <summary>All events where the request filters none; output and logs come with the end here.</summary>
    public static bool Tells(SimulatorTask task, SimulatorTaskState state)
    {
        string? filter = task.Fields.TryGetValue("webhook_events_filter", out string? listed) ? listed : null;
        return state switch
        {
            SimulatorTaskState.Queued => false,
            SimulatorTaskState.Running => filter is null || filter.Contains("\"start\""),
            _ => filter is null || filter.Contains("\"completed\""),
        };
    }

    public static CallbackMessage Sign(CallbackMessage message, CallbackEvent told)
    {
        string id = "msg_" + told.View.Task.Id + (told.IsEnd ? "e" : "s"); // The same each time that this event is told.
        string timestamp = told.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using HMACSHA256 hmac = new(told.IsForged ? Encoding.UTF8.GetBytes("somebody else's secret") : Key(told.Options));
        byte[] signed = [.. Encoding.UTF8.GetBytes(id + "." + timestamp + "."), .. message.Body];
        return message with
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["webhook-id"] = id,
                ["webhook-timestamp"] = timestamp,
                ["webhook-signature"] = "v1," + Convert.ToBase64String(hmac.ComputeHash(signed)),
            },
        };
    }

    private static byte[] Key(SimulatorOptions options)
    {
        using SHA256 sha = SHA256.Create();
        return [.. sha.ComputeHash(Encoding.UTF8.GetBytes("seedance simulator " + options.Seed.ToString(CultureInfo.InvariantCulture)))
            .Take(24)];
    }
}

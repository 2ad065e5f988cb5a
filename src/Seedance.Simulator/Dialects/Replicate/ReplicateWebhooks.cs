using System.Security.Cryptography;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>The secret that <c>GET /v1/webhooks/default/secret</c> hands out; it follows from the engine's seed, so that a test knows it.</summary>
internal static class ReplicateWebhooks
{
    public const string Prefix = "whsec_";

    public static string Secret(SimulatorOptions options)
    {
        using SHA256 sha = SHA256.Create();
        byte[] key = sha.ComputeHash(Encoding.UTF8.GetBytes("seedance simulator " + options.Seed.ToString(CultureInfo.InvariantCulture)));
        return Prefix + Convert.ToBase64String(key, 0, 24);
    }
}

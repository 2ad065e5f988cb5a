using System.Security.Cryptography;

namespace Seedance.Models;

/// <summary>Seeds that the module chooses, so that each of several takes is another and can be made again.</summary>
internal static class Seeds
{
    /// <summary>Within what every host takes.</summary>
    public static long Random()
    {
        byte[] random = new byte[4];
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        generator.GetBytes(random);
        return Positive(random);
    }

    /// <summary>The same each time for the same name.</summary>
    public static long Of(string name)
    {
        using SHA256 sha = SHA256.Create();
        return Positive(sha.ComputeHash(Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>As the model takes it; null for one that takes none.</summary>
    public static long? Fit(long? seed, SeedanceModel model)
    {
        if (seed is not { } chosen || !model.Features.Contains("Seed", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        long least = Math.Max(0, model.MinSeed ?? 0);
        return chosen >= least && !(chosen > model.MaxSeed) ? chosen : least + (chosen % ((model.MaxSeed ?? int.MaxValue) - least + 1));
    }

    private static long Positive(byte[] bytes) => BitConverter.ToUInt32(bytes, 0) & int.MaxValue;
}

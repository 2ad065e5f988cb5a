namespace Seedance.Simulator.Tasks;

/// <summary>Numbers that look random and are the same in every run with the same seed and clock.</summary>
internal sealed class Entropy(int seed, TimeProvider time)
{
    private long _drawn;

    // The clock is mixed in so that a simulator started again does not hand out the ids of its first life.
    public ulong Next() => Mix(Mix(Mix((ulong)seed) ^ (ulong)time.GetUtcNow().UtcTicks) + (ulong)Interlocked.Increment(ref _drawn));

    public string NextHex() => Next().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The finalizer of splitmix64: a bijection that spreads every input bit.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

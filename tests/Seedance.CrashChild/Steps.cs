namespace Seedance.CrashChild;

/// <summary>
/// Counts the moments just before and just after everything that leaves the process, and halts the process at the one that was asked for,
/// so that its parent can kill it exactly there.
/// </summary>
/// <param name="haltAt">For example <c>after TryTakeSlotAsync</c> or <c>before UpdateAsync#2</c>; null halts nowhere.</param>
/// <param name="fillAt">Fills the disk of <paramref name="fillFolder"/> there and goes on.</param>
/// <param name="fillFolder">A small disk.</param>
/// <param name="trace">Tells every step.</param>
internal sealed class Steps(string? haltAt, string? fillAt, string? fillFolder, bool trace)
{
    private static readonly ManualResetEvent s_never = new(initialState: false);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public bool Wanted => trace || haltAt is not null || fillAt is not null;

    public void At(string step)
    {
        int number;
        lock (_gate)
        {
            number = _seen[step] = _seen.GetValueOrDefault(step) + 1;
        }

        string name = number == 1 ? step : FormattableString.Invariant($"{step}#{number}");
        if (trace)
        {
            Say("STEP " + name);
        }

        if (name == fillAt)
        {
            Fill();
        }

        if (name == haltAt)
        {
            Say("AT " + name);
            s_never.WaitOne();
        }
    }

    public static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line.ReplaceLineEndings(" "));
            Console.Out.Flush();
        }
    }

    private void Fill()
    {
        using FileStream file = new(Path.Combine(fillFolder!, "full"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (file.Length < 1 << 30)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            Say("FULL");
        }
    }
}

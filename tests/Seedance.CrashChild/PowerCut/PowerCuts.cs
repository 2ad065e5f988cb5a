using System.Security.Cryptography;

namespace Seedance.CrashChild.PowerCut;

/// <summary>Every disk that a power cut can leave of a trace: after each call, with all, none and some of what was not flushed.</summary>
/// <param name="run">What was asked for.</param>
/// <param name="chances">How many times some of it is chosen by chance.</param>
/// <param name="eachAlone">Also each one lost alone, and each one kept alone.</param>
/// <param name="seed">Of the chance.</param>
internal sealed class PowerCuts(RecordedRun run, int chances, bool eachAlone, int seed)
{
    /// <summary>Looks only where what was not flushed is in files with such names; empty looks everywhere.</summary>
    public string Where { get; init; } = string.Empty;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Without those that differ in nothing from one before.</summary>
    public IEnumerable<PowerCutDisk> All()
    {
        CutDisk disk = new(run.Root, run.Before);
        int sent = 0;
        List<string> said = [];
        for (int cut = 0; cut <= run.Trace.Count; cut++)
        {
            bool here = Where.Length == 0 || disk.Loose.Any(call => call.Path.EndsWith(Where, StringComparison.Ordinal));
            foreach ((string how, SortedDictionary<string, byte[]?> files) in here ? Variants(disk, cut) : [])
            {
                PowerCutDisk found = new(
                    FormattableString.Invariant($"after call {cut} of {run.Trace.Count}, {how}"), files, sent, [.. said]);
                if (_seen.Add(found.Hash))
                {
                    yield return found;
                }
            }

            if (cut == run.Trace.Count)
            {
                continue;
            }

            TraceEvent call = run.Trace[cut];
            sent += call.Action == TraceAction.Send ? 1 : 0;
            if (call.Action == TraceAction.Say)
            {
                said.Add(call.Path);
            }

            disk.Take(call);
        }
    }

    /// <summary>What is there in the end when nothing is lost.</summary>
    public SortedDictionary<string, byte[]?> Whole()
    {
        CutDisk disk = new(run.Root, run.Before);
        foreach (TraceEvent call in run.Trace)
        {
            disk.Take(call);
        }

        return disk.After(static (_, _) => true);
    }

    private IEnumerable<(string How, SortedDictionary<string, byte[]?> Files)> Variants(CutDisk disk, int cut)
    {
        yield return ("nothing kept that was not flushed", disk.After(static (_, _) => false));
        if (disk.Loose.Count == 0)
        {
            yield break;
        }

        yield return ("all kept", disk.After(static (_, _) => true));
        TraceEvent last = disk.Loose[^1];
        int half = last.Data.Length / CutDisk.Sector / 2;
        yield return ("the last torn", disk.After((call, sector) => !ReferenceEquals(call, last) || sector < half));
        for (int i = 0; eachAlone && i < disk.Loose.Count; i++)
        {
            TraceEvent one = disk.Loose[i];
            yield return (FormattableString.Invariant($"number {i} lost alone"), disk.After((call, _) => !ReferenceEquals(call, one)));
            yield return (FormattableString.Invariant($"number {i} kept alone"), disk.After((call, _) => ReferenceEquals(call, one)));
        }

        for (int i = 0; i < chances; i++)
        {
            Random chance = new(unchecked((((seed * 31) + cut) * 31) + i)); // Not cryptography: it has to be the same each time.
            yield return (FormattableString.Invariant($"some kept ({i})"), disk.After((_, _) => chance.Next(2) == 0));
        }
    }
}

/// <summary>What is left, and what had happened outside by then.</summary>
/// <param name="How">Which cut.</param>
/// <param name="Files">The content of each file; null for a folder.</param>
/// <param name="Sent">Bodies that had begun to leave.</param>
/// <param name="Said">What the process had told its parent.</param>
internal sealed record PowerCutDisk(string How, SortedDictionary<string, byte[]?> Files, int Sent, IReadOnlyList<string> Said)
{
    public string Hash { get; } = HashOf(Files, FormattableString.Invariant($"{Sent} {Said.Count}"));

    /// <summary>Writes it where the processes look for it.</summary>
    public void Restore()
    {
        foreach ((string path, byte[]? content) in Files)
        {
            if (content is null)
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                File.WriteAllBytes(path, content);
            }
        }
    }

    private static string HashOf(SortedDictionary<string, byte[]?> files, string outside)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(outside));
        foreach ((string path, byte[]? content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\n{path} {content?.Length ?? -1}\n")));
            hash.AppendData(content ?? []);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

using Seedance.Storage;

namespace Seedance.Spending;

/// <summary>
/// The ledger as files: a page per UTC day that is only ever appended to, each line flushed to the disk. A line that a crash cut off is stepped over; its
/// request never left, since the flush comes first. All but <see cref="LockAsync"/> is called under that lock.
/// </summary>
internal sealed class FileLedger(string folder, TimeProvider time)
{
    private const long KeepEvery = 128 * 1024; // Some 500 lines: what a new process has to read at most.
    private readonly Dictionary<string, (long Length, IReadOnlyList<SpendSum> Sums)> _known = new(StringComparer.Ordinal);
    private readonly SpendSumFiles _kept = new(Path.Combine(folder, "sums"));
    private SpendPage? _page; // Today's, with how far it has been read and how much of that the kept sums have.
    private long _read;
    private long _keptTo;

    public Task<IDisposable> LockAsync(TimeSpan most, CancellationToken stop)
    {
        StateFolder.Create(folder);
        return FileLock.TakeAsync(Path.Combine(folder, "ledger.lock"), most, time, stop);
    }

    public void Append(SpendEntry entry)
    {
        byte[] line = SpendLine.Write(entry);
        using FileStream file = OwnFile.Open(PathOf(entry.Day), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        long end = file.Length;
        try
        {
            if (end > 0)
            {
                file.Position = end - 1;
                if (file.ReadByte() != '\n')
                {
                    file.WriteByte((byte)'\n'); // Ends the line that a crash cut off.
                }
            }

            file.Write(line, 0, line.Length);
            file.Flush(flushToDisk: true);
            if (end == 0)
            {
                DiskBarrier.FlushFolder(folder); // The day's first line: its file has a name to keep, too.
            }
        }
        catch (IOException)
        {
            file.SetLength(end); // A full disk must not leave a reservation behind for what is not going to be sent.
            throw;
        }
    }

    public SpendBreach? Check(SpendCaps caps, SpendEntry asked, bool mayBeUnknown)
    {
        string month = asked.Day.Substring(0, 7);
        IEnumerable<SpendSum> others = Days().Where(day => day.StartsWith(month, StringComparison.Ordinal) && day != asked.Day).SelectMany(Sums);
        return SpendBreach.Find(caps, asked, [.. others, .. Current(asked.Day).Sums], mayBeUnknown);
    }

    /// <summary>Days that have a page, oldest first.</summary>
    public IReadOnlyList<string> Days() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "????-??-??.jsonl").Select(path => Path.GetFileNameWithoutExtension(path)!).OrderBy(day => day, StringComparer.Ordinal)];

    /// <summary>A day's sums; kept beside the pages, because a month of a hundred thousand jobs is not read again for every process.</summary>
    public IReadOnlyList<SpendSum> Sums(string day)
    {
        long length = new FileInfo(PathOf(day)).Length;
        if (_known.TryGetValue(day, out var known) && known.Length == length)
        {
            return known.Sums;
        }

        IReadOnlyList<SpendSum> sums;
        if (_kept.Read(day) is { IsWhole: true } kept && kept.Length == length)
        {
            sums = kept.Sums;
        }
        else
        {
            SpendPage page = new(day);
            long end = Fold(page, 0);
            sums = page.Sums;
            _kept.Write(day, new KeptSums(end, sums, IsWhole: true));
        }

        _known[day] = (length, sums);
        return sums;
    }

    private SpendPage Current(string day)
    {
        long length = File.Exists(PathOf(day)) ? new FileInfo(PathOf(day)).Length : 0;
        if (_page?.Day != day || length < _read)
        {
            KeptSums? kept = _kept.Read(day) is { } found && found.Length <= length ? found : null;
            (_page, _read) = (new SpendPage(day, kept?.Sums), kept?.Length ?? 0);
            _keptTo = _read;
        }

        if (length > _read)
        {
            _read = Fold(_page, _read);
        }

        if (_read - _keptTo >= KeepEvery)
        {
            _kept.Write(day, new KeptSums(_read, _page.Sums, _page.IsWhole));
            _keptTo = _read;
        }

        return _page;
    }

    /// <summary>Reads on from a line's begin; returns where the last whole line ended.</summary>
    private long Fold(SpendPage page, long from)
    {
        using FileStream file = new(PathOf(page.Day), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        file.Position = from;
        byte[] buffer = new byte[1 << 18];
        int held = 0;
        int got;
        while ((got = file.Read(buffer, held, buffer.Length - held)) > 0)
        {
            held += got;
            int begin = 0;
            for (int end = Array.IndexOf(buffer, (byte)'\n', 0, held); end >= 0; end = Array.IndexOf(buffer, (byte)'\n', begin, held - begin))
            {
                if (SpendLine.Read(buffer.AsSpan(begin, end - begin)) is { } entry)
                {
                    page.Apply(entry);
                }

                begin = end + 1;
            }

            from += begin;
            held -= begin;
            Buffer.BlockCopy(buffer, begin, buffer, 0, held);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return from;
    }

    private string PathOf(string day) => Path.Combine(folder, day + ".jsonl");
}

using System.Text.RegularExpressions;

namespace Seedance.CrashChild.PowerCut;

/// <summary>
/// What a process asked of the disk, of its parent and of the network, in the order of the kernel: read from strace, which sees the calls
/// of the database's own library, too.
/// </summary>
internal sealed partial class DiskTrace
{
    private readonly Dictionary<string, string> _begun = new(StringComparer.Ordinal);
    private readonly List<TraceEvent> _events = [];

    private DiskTrace()
    {
    }

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "strace")).FirstOrDefault(File.Exists);

    /// <summary>Its arguments in front of a command.</summary>
    public static string[] Arguments(string log) =>
    [
        "-f", "--seccomp-bpf", "-y", "-xx", "-s", "16777216", "-o", log, "-e",
        "trace=openat,open,creat,pwrite64,write,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
        + "link,linkat,symlink,sendto,sendmsg,copy_file_range,sendfile",
    ];

    /// <summary>
    /// Every call that concerns what is below a folder, what was said to the parent, and every body that left with these words in it.
    /// </summary>
    public static IReadOnlyList<TraceEvent> Read(string log, string folder, string bodyHas)
    {
        DiskTrace trace = new();
        foreach (string line in File.ReadLines(log))
        {
            if (trace.Whole(line) is { } call)
            {
                trace.Take(call, folder, bodyHas);
            }
        }

        return trace._events;
    }

    /// <summary>
    /// A call that others interrupted is printed in two parts, and counts when it ended; null for the first part and for what is no call.
    /// </summary>
    private Match? Whole(string line)
    {
        string process = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        if (line.EndsWith(" <unfinished ...>", StringComparison.Ordinal))
        {
            _begun[process] = line[..^" <unfinished ...>".Length];
            return null;
        }

        int resumed = line.IndexOf(" resumed>", StringComparison.Ordinal);
        string whole = resumed > 0 && _begun.Remove(process, out string? first) ? first + line[(resumed + " resumed>".Length)..] : line;
        Match call = Call().Match(whole);
        return call.Success ? call : null;
    }

    private void Take(Match call, string folder, string bodyHas)
    {
        string name = call.Groups["name"].Value;
        string all = call.Groups["args"].Value;
        if (long.Parse(call.Groups["result"].Value, CultureInfo.InvariantCulture) < 0)
        {
            return;
        }

        if (all.Contains("\"...", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The trace has cut a text short: " + name);
        }

        string[] args = all.Split(", ");
        string file = Below(folder, Handle(args[0]));
        switch (name)
        {
            case "openat" when all.Contains("O_CREAT", StringComparison.Ordinal) || all.Contains("O_TRUNC", StringComparison.Ordinal):
                Add(all.Contains("O_TRUNC", StringComparison.Ordinal) ? TraceAction.CreateEmpty : TraceAction.Create,
                    Below(folder, Words(args[1])));
                break;
            case "mkdir":
                Add(TraceAction.Folder, Below(folder, Words(args[0])));
                break;
            case "pwrite64":
                Add(TraceAction.Write, file, data: Bytes(args[1]), at: long.Parse(args[3], CultureInfo.InvariantCulture));
                break;
            case "ftruncate":
                Add(TraceAction.Cut, file, at: long.Parse(args[1], CultureInfo.InvariantCulture));
                break;
            case "fsync" or "fdatasync":
                Add(TraceAction.Flush, file);
                break;
            case "rename":
                Add(TraceAction.Rename, Below(folder, Words(args[1])), from: Below(folder, Words(args[0])));
                break;
            case "unlink":
                Add(TraceAction.Remove, Below(folder, Words(args[0])));
                break;
            case "write" when Bytes(args[1]) is var said && said.AsSpan().StartsWith("JOB "u8):
                _events.Add(new TraceEvent(TraceAction.Say, Encoding.UTF8.GetString(said).Trim()));
                break;
            case "write" or "writev" or "sendto"
                or "sendmsg" when Encoding.UTF8.GetString([.. Quoted().Matches(all).SelectMany(text => Bytes(text.Value))])
                .Contains(bodyHas, StringComparison.Ordinal):
                _events.Add(new TraceEvent(TraceAction.Send, "network"));
                break;
            default:
                if (name is not ("openat" or "write" or "writev" or "sendto" or "sendmsg")
                    && (file.Length > 0 || Quoted().Matches(all).Any(text => Below(folder, Words(text.Value)).Length > 0)))
                {
                    throw new InvalidOperationException("The replay does not know what " + name + " does.");
                }

                break;
        }
    }

    private void Add(TraceAction action, string path, string? from = null, byte[]? data = null, long at = 0)
    {
        // The index that the database maps into memory is made anew from its log by whoever opens it first.
        if (path.Length > 0 && !path.EndsWith("-shm", StringComparison.Ordinal))
        {
            _events.Add(new TraceEvent(action, path) { From = from, Data = data ?? [], At = at });
        }
    }

    private static string Handle(string argument) =>
        argument.IndexOf('<', StringComparison.Ordinal) is > 0 and var at ? Words(argument[at..]) : string.Empty;

    /// <summary>The path when it is the folder or below it, else nothing.</summary>
    private static string Below(string folder, string path) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal) ? path : string.Empty;

    private static string Words(string text) => Encoding.UTF8.GetString(Bytes(text));

    private static byte[] Bytes(string text)
    {
        string digits = text.Replace("\\x", string.Empty, StringComparison.Ordinal).Trim('"', '<', '>');
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : [];
    }

    [GeneratedRegex(@"^\d+ +(?<name>\w+)\((?<args>.*)\) += (?<result>-?\d+)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Call();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Quoted();
}

internal enum TraceAction
{
    Create,
    CreateEmpty,
    Folder,
    Write,
    Cut,
    Flush,
    Rename,
    Remove,

    /// <summary>A line to the parent, which is what a script sees.</summary>
    Say,

    /// <summary>A request's body to the host.</summary>
    Send,
}

/// <summary>One call of a trace.</summary>
internal sealed record TraceEvent(TraceAction Action, string Path)
{
    public string? From { get; init; }

    public byte[] Data { get; init; } = [];

    public long At { get; init; }
}

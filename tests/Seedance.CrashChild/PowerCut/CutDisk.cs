namespace Seedance.CrashChild.PowerCut;

/// <summary>
/// A folder as a disk holds it when its power is cut: of each file what was flushed, of each folder the names that were flushed with it,
/// and of all the rest whatever the disk happened to have taken. As strict as POSIX: a flushed file whose folder was not flushed may have
/// no name.
/// </summary>
internal sealed class CutDisk
{
    public const int Sector = 512;

    private readonly string _root;
    private readonly Dictionary<string, Node?> _durable; // Null is a folder.
    private readonly Dictionary<string, Node?> _now;
    private readonly List<TraceEvent> _loose = [];
    private readonly Dictionary<TraceEvent, Node> _of = new(ReferenceEqualityComparer.Instance); // What was written, by its file.
    private readonly Dictionary<TraceEvent, Node?> _made = new(ReferenceEqualityComparer.Instance); // What a name was given to.

    /// <param name="root">The folder.</param>
    /// <param name="before">What is in it, and has long been flushed.</param>
    public CutDisk(string root, IReadOnlyDictionary<string, byte[]?> before)
    {
        _root = root;
        _durable = before.ToDictionary(
            file => file.Key, file => file.Value is { } content ? new Node { Content = content } : null, StringComparer.Ordinal);
        _now = new Dictionary<string, Node?>(_durable, StringComparer.Ordinal);
    }

    /// <summary>What was asked for and not flushed, in its order.</summary>
    public IReadOnlyList<TraceEvent> Loose => _loose;

    public void Take(TraceEvent call)
    {
        switch (call.Action)
        {
            case TraceAction.Flush when call.Path == _root || (_now.TryGetValue(call.Path, out Node? node) && node is null):
                Settle(loose => !_of.ContainsKey(loose) && Path.GetDirectoryName(loose.Path) == call.Path);
                break;
            case TraceAction.Flush:
                Node? flushed = _now.GetValueOrDefault(call.Path);
                Settle(loose => _of.TryGetValue(loose, out Node? written) && written == flushed);
                break;
            case TraceAction.Write or TraceAction.Cut when _now.GetValueOrDefault(call.Path) is { } written:
                Keep(call, written);
                break;
            case TraceAction.Create or TraceAction.CreateEmpty when _now.GetValueOrDefault(call.Path) is { } existing:
                if (call.Action == TraceAction.CreateEmpty)
                {
                    Keep(call with { Action = TraceAction.Cut, At = 0 }, existing);
                }

                break;
            case TraceAction.Create or TraceAction.CreateEmpty or TraceAction.Folder:
                _now[call.Path] = call.Action == TraceAction.Folder ? null : new Node();
                _loose.Add(call);
                _made[call] = _now[call.Path];
                break;
            case TraceAction.Rename when _now.Remove(call.From!, out Node? moved):
                _now[call.Path] = moved;
                _loose.Add(call);
                _made[call] = moved;
                break;
            case TraceAction.Remove when _now.Remove(call.Path):
                _loose.Add(call);
                break;
            default:
                break; // A file that has no name any more.
        }
    }

    /// <summary>What the folder holds after the cut: the content of each file by its path, and null for a folder.</summary>
    /// <param name="kept">Of each call that was not flushed, whether the disk has it, by sector for what was written.</param>
    public SortedDictionary<string, byte[]?> After(Func<TraceEvent, int, bool> kept)
    {
        Dictionary<string, Node?> names = new(_durable, StringComparer.Ordinal);
        Dictionary<Node, Node> copies = [];
        foreach (TraceEvent call in _loose)
        {
            if (_of.TryGetValue(call, out Node? node))
            {
                Node copy = copies.TryGetValue(node, out Node? known) ? known : copies[node] = node.Copy();
                copy.Apply(call, sector => kept(call, sector));
            }
            else if (kept(call, 0))
            {
                Name(names, call);
            }
        }

        SortedDictionary<string, byte[]?> folder = new(StringComparer.Ordinal);
        foreach ((string path, Node? node) in names)
        {
            string parent = Path.GetDirectoryName(path)!;
            if (parent == _root || (names.TryGetValue(parent, out Node? above) && above is null))
            {
                folder[path] = node is null ? null : copies.GetValueOrDefault(node, node).Content;
            }
        }

        return folder;
    }

    private void Keep(TraceEvent call, Node node)
    {
        _loose.Add(call);
        _of[call] = node;
    }

    private void Settle(Func<TraceEvent, bool> which)
    {
        foreach (TraceEvent call in _loose.Where(which).ToList())
        {
            if (_of.Remove(call, out Node? node))
            {
                node.Apply(call, static _ => true);
            }
            else
            {
                Name(_durable, call);
            }

            _loose.Remove(call);
        }
    }

    private void Name(Dictionary<string, Node?> names, TraceEvent call)
    {
        if (call.From is { } from)
        {
            names.Remove(from);
        }

        if (call.Action == TraceAction.Remove)
        {
            names.Remove(call.Path);
        }
        else
        {
            names[call.Path] = _made[call];
        }
    }

    /// <summary>A file, whatever its name.</summary>
    private sealed class Node
    {
        public byte[] Content { get; set; } = [];

        public Node Copy() => new() { Content = Content };

        public void Apply(TraceEvent call, Func<int, bool> kept)
        {
            if (call.Action == TraceAction.Cut)
            {
                if (kept(0))
                {
                    byte[] cut = Content;
                    Array.Resize(ref cut, (int)call.At);
                    Content = cut;
                }

                return;
            }

            byte[] content = [.. Content];
            for (int from = 0, sector = 0; from < call.Data.Length; from += Sector, sector++)
            {
                if (kept(sector))
                {
                    int length = Math.Min(Sector, call.Data.Length - from), at = (int)call.At + from;
                    if (content.Length < at + length)
                    {
                        Array.Resize(ref content, at + length);
                    }

                    call.Data.AsSpan(from, length).CopyTo(content.AsSpan(at));
                }
            }

            Content = content;
        }
    }
}

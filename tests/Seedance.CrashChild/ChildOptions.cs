namespace Seedance.CrashChild;

/// <summary>The child's command line: a command, then <c>--name value</c> pairs.</summary>
internal sealed class ChildOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public ChildOptions(string[] args)
    {
        Command = args.Length > 0 ? args[0] : "run";
        for (int i = 1; i + 1 < args.Length; i += 2)
        {
            _values[args[i].TrimStart('-')] = args[i + 1];
        }
    }

    public string Command { get; }

    public string Provider => this["provider"] ?? "Simulator";

    public string Prompt => this["prompt"] ?? "a kite";

    public string Destination => this["to"] ?? throw new InvalidOperationException("--to is missing.");

    public int Count => this["count"] is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : 1;

    public TimeSpan SlotTimeout =>
        TimeSpan.FromSeconds(this["slot-timeout"] is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 60);

    public string? this[string name] => _values.TryGetValue(name, out string? value) ? value : null;
}

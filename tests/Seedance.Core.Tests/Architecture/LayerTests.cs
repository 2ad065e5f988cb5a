namespace Seedance.Core.Tests.Architecture;

/// <summary>Data flows one way: a room of Core names only rooms that stand below it. docs/ARCHITECTURE.md says what each is for.</summary>
public sealed class LayerTests
{
    private const string Using = "using Seedance.";
    private const int WidestFolder = 16;

    /// <summary>From the bottom upwards. Rooms of one line do not name each other.</summary>
    private static readonly string[][] s_layers =
    [
        ["Jobs", "Output", "Polyfills", "Sheets", "Storage", "Wire"],
        ["Models"],
        ["Media", "Providers"],
        ["Records"],
        ["Catalogue", "Spending"],
        ["Accounts", "Store"],
        ["Durations", "RateLimits"],
        ["Transport"],
        ["Downloads", "Traces", "Updates"],
        ["Jobs/Recover", "Polling"],
        ["Jobs/Prepare", "Jobs/Query"],
        ["Jobs/Callbacks", "Jobs/Cancel", "Jobs/Remove", "Jobs/Resolve", "Jobs/Save", "Jobs/Submit", "Jobs/Wait", "Jobs/Watch", "Money"],
        ["Input", "Jobs/Gate", "Jobs/Label", "Setup", "Support"],
        ["Jobs/Batch", "Jobs/Queue", "Jobs/Remake"],
        ["Jobs/Review"],
    ];

    [Fact]
    public void Usings_PointDownwardsOnly()
    {
        var upwards =
            from file in Files()
            from below in file.Named
            where below != file.Room && Layer(below) >= Layer(file.Room)
            group file.Name by file.Room + " -> " + below into arrow
            orderby arrow.Key
            select arrow.Key + ": " + string.Join(", ", arrow.Distinct().OrderBy(name => name, StringComparer.Ordinal));

        Assert.Empty(upwards);
    }

    [Fact]
    public void Rooms_AllHaveALayer() => Assert.DoesNotContain(Files(), file => Layer(file.Room) < 0);

    /// <summary>Who opens a folder sees at one look what is in it.</summary>
    [Fact]
    public void Folders_NoneHasMoreThanSixteenFiles()
    {
        var wide =
            from path in Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(Root(), Path.GetDirectoryName(path)!).Replace('\\', '/')
            where !folder.Contains("/obj/", StringComparison.Ordinal)
            group path by folder into files
            where files.Count() > WidestFolder
            select files.Key + ": " + files.Count();

        Assert.Empty(wide);
    }

    private static int Layer(string room) => Array.FindIndex(s_layers, layer => layer.Contains(room));

    private static IEnumerable<(string Name, string Room, string[] Named)> Files()
    {
        string core = Path.Combine(Root(), "src", "Seedance.Core");
        foreach (string path in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(core, Path.GetDirectoryName(path)!).Replace('\\', '/');
            if (folder.Split('/')[0] is "." or "bin" or "obj")
            {
                continue; // The composition root knows everything.
            }

            string[] named = [.. File.ReadLines(path)
                .Where(line => line.StartsWith(Using, StringComparison.Ordinal) && line.EndsWith(';'))
                .Select(line => Room(line[Using.Length..^1].Replace('.', '/')))];
            yield return (Path.GetFileName(path), Room(folder), named);
        }
    }

    /// <summary>A folder with all below it, but for the verbs of Jobs, which are rooms of their own.</summary>
    private static string Room(string folder)
    {
        string[] parts = folder.Split('/');
        return parts[0] == "Jobs" && parts.Length > 1 ? parts[0] + "/" + parts[1] : parts[0];
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Seedance.PowerShell.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}

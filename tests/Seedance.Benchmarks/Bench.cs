using System.Diagnostics;
using Seedance.CrashChild;

namespace Seedance.Benchmarks;

/// <summary>What the benchmarks share: places, the clock, the seed, medians.</summary>
internal sealed class Bench(int seed, double scale) : IDisposable
{
    public const int Rounds = 7;
    private readonly string _root = Directory.CreateTempSubdirectory("seedance-bench-").FullName;
    private readonly List<string> _inMemory = [];
    private int _folders;

    public int Seed => seed;

    /// <summary>How often something is done that the definition does <paramref name="full"/> times.</summary>
    public int Times(int full) => Math.Max(1, (int)Math.Round(full * scale));

    public string Folder() =>
        Directory.CreateDirectory(Path.Combine(_root, (++_folders).ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;

    /// <summary>A folder in memory where there is one: for what measures no disk.</summary>
    public string MemoryFolder()
    {
        const string Memory = "/dev/shm";
        if (!Directory.Exists(Memory))
        {
            return Folder();
        }

        _inMemory.Add(Directory.CreateDirectory(Path.Combine(Memory, "seedance-bench-" + Guid.NewGuid().ToString("N"))).FullName);
        return _inMemory[^1];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        long begun = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);

    /// <summary>The clone that this was built in.</summary>
    public static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Seedance.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Not started from a clone.");
    }

    /// <summary>
    /// Composes <c>out/Seedance.PowerShell</c> as it is now and as it is shipped, and restores the engine that the tests use.
    /// </summary>
    public static async Task BuildModuleAsync()
    {
        string project = Path.Combine("src", "Seedance.PowerShell");
        await RunInAsync(Repository(), ChildProcess.DotNet, "build", project, "-c", "Release", "-nologo", "-verbosity:quiet");
        await RunInAsync(Repository(), ChildProcess.DotNet, "tool", "restore");
    }

    /// <summary>The built module's manifest; null where it is not built.</summary>
    public static string? Module() =>
        Path.Combine(Repository(), "out", "Seedance.PowerShell", "Seedance.PowerShell.psd1") is var path && File.Exists(path) ? path : null;

    /// <summary>
    /// Runs the engine that the tests restore; a pwsh in the path of this machine is not the one that is pinned.
    /// </summary>
    public static async Task<string> EngineAsync(params string[] arguments)
    {
        await RunInAsync(Repository(), ChildProcess.DotNet, "tool", "restore");
        return await RunInAsync(Repository(), ChildProcess.DotNet, ["tool", "run", "pwsh", "-NoProfile", "-NonInteractive", .. arguments]);
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static Task<string> RunAsync(string program, params string[] arguments) =>
        RunInAsync(Environment.CurrentDirectory, program, arguments);

    /// <summary>The same in a folder.</summary>
    public static async Task<string> RunInAsync(string folder, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException(program + " failed: " + await errors + text);
    }

    public static SeedanceServices Services(string home, Uri? simulator, TimeProvider? time = null, HttpMessageHandler? network = null)
    {
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase)
        {
            ["SEEDANCE_HOME"] = home,
            ["MUAPI_API_KEY"] = "bench-canary-key/0123456789+abc",
            ["SEEDANCE_API_KEY"] = "bench-canary-key/0123456789+abc",
            ["REPLICATE_API_TOKEN"] = "bench-canary-key/0123456789+abc",
        };
        if (simulator is not null)
        {
            variables["SEEDANCE_SIMULATOR_URL"] = new Uri(simulator, "simulator").AbsoluteUri;
            variables["SEEDANCE_MUAPI_URL"] = new Uri(simulator, "muapi").AbsoluteUri;
            variables["SEEDANCE_REPLICATE_URL"] = new Uri(simulator, "replicate").AbsoluteUri;
        }

        return new SeedanceServices(name => variables.GetValueOrDefault(name), time ?? TimeProvider.System, _ => network);
    }

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        foreach (string left in _inMemory.Where(Directory.Exists))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Seedance.CrashChild;

/// <summary>The parent's handle on a child.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const string EpochVariable = "SEEDANCE_CHILD_EPOCH";

    private static readonly long s_epoch = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All lines so far, those of the error stream among them.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public IReadOnlyList<ChildJob> Jobs => ChildJob.ReadAll(Lines);

    public IReadOnlyList<string> Errors => ChildOutput.Errors(Lines);

    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
        ? host
        : Path.GetFullPath(
            Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The children's clock, for a host whose times they compare with their own.</summary>
    public static TimeProvider Clock { get; } = new FastClock(DateTimeOffset.FromUnixTimeMilliseconds(s_epoch), hasty: false);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Seedance.CrashChild.dll");

    /// <summary>What the module reads of a child's environment.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(string home, Uri simulator) =>
    [
        ("SEEDANCE_HOME", home),
        ("SEEDANCE_SIMULATOR_URL", new Uri(simulator, "simulator").AbsoluteUri),
        ("SEEDANCE_MUAPI_URL", new Uri(simulator, "muapi").AbsoluteUri),
        ("SEEDANCE_SEEDANCE2AI_URL", new Uri(simulator, "seedance2ai").AbsoluteUri),
        ("SEEDANCE_REPLICATE_URL", new Uri(simulator, "replicate").AbsoluteUri),
        ("REPLICATE_API_TOKEN", "replicate-canary-key-0123456789"),
        ("MUAPI_API_KEY", "muapi-canary-key-0123456789"),
        ("SEEDANCE_API_KEY", "seedance-canary-key-0123456789"),
        (EpochVariable, s_epoch.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <param name="home">The state folder.</param>
    /// <param name="simulator">Where all hosts live.</param>
    /// <param name="arguments">The command and its options.</param>
    public static ChildProcess Start(string home, Uri simulator, params string[] arguments) =>
        Start(DotNet, [Program, .. arguments], home, simulator);

    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="home">The state folder.</param>
    /// <param name="simulator">Where all hosts live.</param>
    /// <param name="variables">More of its environment.</param>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, string home, Uri simulator, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["NO_PROXY"] = "*";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        foreach ((string name, string value) in Variables(home, simulator).Concat(variables))
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that begins so; throws when the child ends without one.</summary>
    public Task<string> ExpectAsync(string beginning, CancellationToken stop) => ExpectAsync([beginning], stop);

    /// <summary>The next line that begins in one of these ways.</summary>
    public async Task<string> ExpectAsync(string[] beginnings, CancellationToken stop)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            if (Array.Exists(beginnings, beginning => line.StartsWith(beginning, StringComparison.Ordinal)))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The child ended without '" + beginnings[0] + "':\n" + string.Join('\n', Lines));
    }

    public void Go() => _process.StandardInput.WriteLine("go");

    /// <summary>SIGKILL: nothing in the child runs afterwards.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the end of a child that is not killed.</summary>
    public async Task<ChildProcess> EndAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop).ConfigureAwait(false);
        return _process.ExitCode == 0 && Lines.Contains("END", StringComparer.Ordinal)
            ? this
            : throw new InvalidOperationException(
                FormattableString.Invariant($"The child ended with {_process.ExitCode}:\n{string.Join('\n', Lines)}"));
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                _process.WaitForExit();
            }
        }
        catch (InvalidOperationException)
        {
            // It ended in the same moment.
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
            return;
        }

        Note(line);
        _lines.Writer.TryWrite(line);
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_seen)
            {
                _seen.Add(line);
            }
        }
    }
}

/// <summary>A job as a child tells of it.</summary>
internal sealed record ChildJob(string Id, string Status, string? ProviderJobId, string? Path)
{
    /// <summary>What is told of jobs in lines of a <see cref="ChildOutput"/>.</summary>
    public static IReadOnlyList<ChildJob> ReadAll(IEnumerable<string> lines) =>
        [.. lines.Where(line => line.StartsWith("JOB ", StringComparison.Ordinal)).Select(Read)];

    public static ChildJob Read(string line)
    {
        string[] words = line.Split(' ', 5);
        return new ChildJob(words[1], words[2], words[3] == "-" ? null : words[3], words[4] == "-" ? null : words[4]);
    }
}

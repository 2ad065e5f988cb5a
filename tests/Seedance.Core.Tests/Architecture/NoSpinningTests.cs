using System.Text.RegularExpressions;
using Seedance.Core.Tests.Conformance;

namespace Seedance.Core.Tests.Architecture;

/// <summary>
/// A test waits for a beat and neither spins nor sleeps: a loop that asks again and again hangs for ever once its condition is wrong, and a
/// sleep is too short on a busy machine. Benchmarks measure the real clock, and a delay without end waits for its token.
/// </summary>
public sealed partial class NoSpinningTests
{
    /// <summary>Where others are given their turn, and a delay on a clock of the test's own.</summary>
    private static readonly string[] s_allowed = ["Turns.cs: Task.Yield(", "FuzzRun.cs: Task.Delay("];

    [Fact]
    public void Tests_NeitherSpinNorSleep()
    {
        string tests = Path.Combine(HostPages.Root, "tests");
        string[] found =
        [
            .. Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
                .Where(path => Path.GetFileNameWithoutExtension(path) != nameof(NoSpinningTests))
                .Where(path => !Path.GetRelativePath(tests, path).StartsWith("Seedance.Benchmarks", StringComparison.Ordinal))
                .SelectMany(path => File.ReadLines(path).SelectMany(line => Waste().Matches(line))
                    .Select(match => Path.GetFileName(path) + ": " + match.Value)),
        ];

        Assert.Equal(s_allowed.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(
        @"Task\.Yield\(|Thread\.(Sleep|Yield|SpinWait)\(|SpinWait\b|Task\.Delay\((?!Timeout\.InfiniteTimeSpan)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Waste();
}

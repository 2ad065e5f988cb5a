using System.Text.RegularExpressions;
using Seedance.Core.Tests.Conformance;

namespace Seedance.Core.Tests.Architecture;

/// <summary>
/// Lines that two people can read beside each other. A text in one piece may be longer, since it is looked for as a whole; scripts are
/// commands in one line, tables of the docs have a row in one, and the help is generated.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int Most = 140;
    private const int LongText = 100;

    [Fact]
    public void Lines_OfCode_AreShort()
    {
        string[] folders = [Path.Combine(HostPages.Root, "src"), Path.Combine(HostPages.Root, "tests")];
        string[] longer =
        [
            .. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
                .Where(path => !path.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .SelectMany(LongLines),
        ];

        Assert.True(longer.Length == 0, longer.Length + " lines are too long:\n" + string.Join('\n', longer));
    }

    private static List<string> LongLines(string path)
    {
        List<string> found = [];
        bool inText = false;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            int fences = line.Split("\"\"\"").Length - 1;
            if (line.Length > Most && !inText && fences == 0 && !Text().Matches(line).Any(text => text.Length >= LongText))
            {
                found.Add(Path.GetRelativePath(HostPages.Root, path) + ":" + number);
            }

            inText ^= fences % 2 == 1;
        }

        return found;
    }

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Text();
}

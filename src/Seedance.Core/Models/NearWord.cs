namespace Seedance.Models;

/// <summary>Whether one word is probably another, misspelt.</summary>
internal static class NearWord
{
    /// <summary>
    /// The known word that was probably meant; null where none is near. <paramref name="most"/> tells how many letters may be wrong in a
    /// known word of this length.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> known, Func<int, int> most) => known
        .Select(name => (Name: name, Distance: Distance(Fold(word), Fold(name))))
        .Where(found => found.Distance <= most(found.Name.Length))
        .OrderBy(found => found.Distance)
        .Select(found => found.Name)
        .FirstOrDefault();

    /// <summary>Letters that are missing, too many, wrong, or two that changed places: each counts one.</summary>
    public static int Distance(string left, string right)
    {
        int[,] steps = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                steps[i, j] = i == 0 || j == 0 ? i + j : Step(steps, left, right, i, j);
            }
        }

        return steps[left.Length, right.Length];
    }

    private static int Step(int[,] steps, string left, string right, int i, int j)
    {
        int least = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
        bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(least, steps[i - 2, j - 2] + 1) : least;
    }

    private static string Fold(string word) => word.ToLowerInvariant();
}

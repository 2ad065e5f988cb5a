namespace Seedance.Jobs.Review;

/// <summary>A file as a page in some folder names it, so that folder and page can be moved together.</summary>
internal static class RelativeAddress
{
    public static string Of(string file, string folder)
    {
        string[] from = Segments(folder);
        string[] to = Segments(file);
        bool windows = Path.DirectorySeparatorChar == '\\';
        StringComparison comparison = windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        int same = 0;
        while (same < from.Length && same < to.Length - 1 && string.Equals(from[same], to[same], comparison))
        {
            same++;
        }

        return windows && same == 0 // Another drive.
            ? new Uri(file).AbsoluteUri
            : string.Join("/", Enumerable.Repeat("..", from.Length - same).Concat(to.Skip(same).Select(Uri.EscapeDataString)));
    }

    private static string[] Segments(string path) =>
        Path.GetFullPath(path).Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}

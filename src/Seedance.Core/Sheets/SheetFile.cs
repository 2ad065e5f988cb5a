namespace Seedance.Sheets;

/// <summary>The files of a sheet: itself, and the one that says what became of its rows.</summary>
internal static class SheetFile
{
    private const string ResultMark = ".result";

    public static Sheet Read(string path, string? encoding)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest, "The sheet " + path + " cannot be read: " + error.Message, error)
            {
                Target = path,
                RecommendedAction = "Nothing was sent or spent. Check the path, and close the sheet where it is open.",
            };
        }

        Sheet sheet = SheetReader.Read(SheetText.Decode(bytes, encoding));
        return sheet.Rows.Count > 0 ? sheet : throw new SeedanceException(ErrorCode.InvalidRequest, "The sheet " + path + " has no rows.")
        {
            Target = path,
            RecommendedAction = "Nothing was sent or spent. Below the line of names each line is a video.",
        };
    }

    /// <summary>shots.csv has its results in shots.result.csv, and so has that one.</summary>
    public static string ResultOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.EndsWith(ResultMark, StringComparison.OrdinalIgnoreCase)
            ? path
            : Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, name + ResultMark + Path.GetExtension(path));
    }
}

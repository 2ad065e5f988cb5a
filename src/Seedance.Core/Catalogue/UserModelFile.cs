using System.Text.Json;
using Seedance.Models;

namespace Seedance.Catalogue;

/// <summary>
/// The file with which a user extends the catalogue: models.json in the state folder. It is read when first needed and again when it
/// changed. What is wrong in it is left out and said; it never takes the built-in rows away.
/// </summary>
internal sealed class UserModelFile(string home)
{
    public const string FileName = "models.json";

    private const int Version = 1;
    private const long MostBytes = 4 * 1024 * 1024;
    private const int MostProblems = 10;
    private readonly string _path = Path.Combine(home, FileName);
    private readonly object _gate = new();
    private ModelCatalogue? _catalogue;
    private (DateTime Written, long Length)? _stamp;

    /// <summary>The built-in rows and, where there are any, the user's. Never throws.</summary>
    public ModelCatalogue Read()
    {
        lock (_gate)
        {
            try
            {
                FileInfo file = new(_path);
                if (!file.Exists)
                {
                    _stamp = null;
                    return _catalogue = ModelCatalogue.BuiltIn;
                }

                var stamp = (file.LastWriteTimeUtc, file.Length); // Taken before reading: a later write is then read at the next call.
                if (_catalogue is null || _stamp != stamp)
                {
                    _catalogue = file.Length > MostBytes
                        ? Damaged("it has more than 4 MB")
                        : Parse(File.ReadAllText(_path), file.LastWriteTimeUtc);
                    _stamp = stamp;
                }

                return _catalogue;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _stamp = null; // Perhaps somebody has it open; the next call asks again.
                return Damaged(error.Message);
            }
        }
    }

    private ModelCatalogue Parse(string text, DateTime written)
    {
        try
        {
            JsonDocumentOptions byHand = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using JsonDocument document = JsonDocument.Parse(text, byHand);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return Damaged("it holds no object with \"version\" and \"models\"");
            }

            if (!root.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Number
                || !version.TryGetInt32(out int number) || number != Version)
            {
                return Damaged("the field version is not 1, the only one that this release reads");
            }

            return root.TryGetProperty("models", out JsonElement models) && models.ValueKind == JsonValueKind.Array
                ? ReadRows(models, written)
                : Damaged("the field models is no list");
        }
        catch (JsonException error)
        {
            return Damaged("it is no JSON: " + error.Message.TrimEnd('.'));
        }
    }

    private ModelCatalogue ReadRows(JsonElement models, DateTime written)
    {
        string date = written.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        List<ModelCapability> rows = [];
        List<string> problems = [];
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        int number = 0;
        foreach (JsonElement element in models.EnumerateArray())
        {
            number++;
            RowFields fields = new(element);
            ModelCapability row = UserModelRow.Read(fields, date);
            string place = row.Model.Provider + "\n" + row.Model.WireModel + "\n" + row.Model.StartsFrom;
            if (fields.Wrong.Count == 0 && places.TryGetValue(place, out int earlier))
            {
                fields.Refuse("wireModel", Say("names the same provider, endpoint and mode as row {0}", earlier));
            }

            if (fields.Wrong.Count == 0)
            {
                places.Add(place, number);
                rows.Add(row);
                continue;
            }

            string name = row.Model.Name.Length > 0 ? " (" + row.Model.Name + ")" : string.Empty;
            problems.Add(Say("row {0}{1}: {2}", number, name, string.Join(", ", fields.Wrong)));
        }

        return new ModelCatalogue(rows) { Problem = problems.Count == 0 ? null : Describe(problems) };
    }

    private string Describe(List<string> problems) => Say(
        "The model file {0} has {1} wrong {2}, left out until repaired: {3}{4}. The built-in models and the other rows are used.",
        _path,
        problems.Count,
        problems.Count == 1 ? "row" : "rows",
        string.Join("; ", problems.Take(MostProblems)),
        problems.Count > MostProblems ? Say("; and {0} more", problems.Count - MostProblems) : string.Empty);

    private ModelCatalogue Damaged(string why) => new([])
    {
        Problem = Say("The model file {0} cannot be used: {1}. Repair or delete it; the built-in models are used meanwhile.", _path, why),
    };

    private static string Say(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}

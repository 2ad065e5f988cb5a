using Seedance.Models;

namespace Seedance.Input;

/// <summary>A parameter that a column can give.</summary>
internal sealed record ColumnParameter(string Name, IReadOnlyList<string> Aliases);

/// <summary>
/// What the columns of a row mean. A column that is spelled like a parameter but for case, blanks and marks is that parameter; one that is
/// only like it stops the row, since what it says would otherwise be left out of a video that is paid for.
/// </summary>
internal sealed class ColumnNames(IReadOnlyList<ColumnParameter> parameters)
{
    // What people call a thing that has another name here. Not taken for it: a sheet's Length may be in frames.
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["length"] = "Duration",
        ["durationsec"] = "Duration",
        ["durationsecs"] = "Duration",
        ["durationins"] = "Duration",
        ["secs"] = "Duration",
        ["aspect"] = "AspectRatio",
        ["res"] = "Resolution",
        ["silent"] = "NoAudio",
        ["mute"] = "NoAudio",
        ["muted"] = "NoAudio",
        ["audio"] = "NoAudio",
        ["sound"] = "NoAudio",
        ["generateaudio"] = "NoAudio",
        ["withaudio"] = "NoAudio",
        ["startimage"] = "Image",
        ["startframe"] = "Image",
        ["inputimage"] = "Image",
        ["imageurl"] = "Image",
        ["picture"] = "Image",
        ["endimage"] = "LastFrame",
        ["endframe"] = "LastFrame",
        ["lastimage"] = "LastFrame",
        ["webhook"] = "CallbackUri",
        ["callback"] = "CallbackUri",
        ["callbackurl"] = "CallbackUri",
        ["maxprice"] = "MaxCost",
        ["text"] = "Prompt",
    };

    private readonly Dictionary<string, string?> _near = new(StringComparer.Ordinal); // The columns of a sheet are the same in every row.
    private readonly (string Key, string Parameter)[] _keys =
        [.. parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name).Select(name => (Key(name), parameter.Name)))];

    /// <summary>Letters and digits alone: <c>Aspect Ratio</c>, <c>aspect_ratio</c> and <c>AspectRatio</c> are one name.</summary>
    public static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The parameter that a column is; null for another column.</summary>
    public string? Parameter(string column) => Array.Find(_keys, known => known.Key == Key(column)).Parameter;

    /// <summary>Whether the column has the parameter's very name or another of its names.</summary>
    public bool IsExact(string parameter, string column) =>
        parameters.Any(known => known.Name == parameter
            && known.Aliases.Prepend(known.Name).Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>The parameter that a column was probably meant for; null where none is near.</summary>
    public string? Near(string column)
    {
        if (!_near.TryGetValue(column, out string? known))
        {
            _near[column] = known = FindNear(column);
        }

        return known;
    }

    private string? FindNear(string column)
    {
        string key = Key(column);
        if (s_words.TryGetValue(key, out string? meant))
        {
            return parameters.Any(parameter => parameter.Name == meant) ? meant : null;
        }

        string? near = NearWord.Of(key, _keys.Select(known => known.Key).Concat(s_words.Keys), WrongLetters);
        return near is null ? null : Array.Find(_keys, known => known.Key == near).Parameter ?? Near(near);
    }

    private static int WrongLetters(int length) => length >= 8 ? 2 : length >= 4 ? 1 : 0;
}

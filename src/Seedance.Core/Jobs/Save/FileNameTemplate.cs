using Seedance.Downloads;

namespace Seedance.Jobs.Save;

/// <summary>A file name from a job, by a template such as <c>{date}-{prompt}-{id}</c>.</summary>
internal sealed class FileNameTemplate
{
    public const string Default = "{id}";
    public const int MostBytes = 120; // Leaves room for .part.json under every file system's 255.
    private const int MostPromptCharacters = 60;
    private const int MarkLength = 6;
    private const string ColumnPrefix = "column:";

    private static readonly Dictionary<string, Func<SeedanceJob, string>> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = job => job.Id,
        ["providerid"] = job => job.ProviderJobId ?? string.Empty,
        ["provider"] = job => job.Provider,
        ["model"] = job => job.Model,
        ["date"] = job => job.CreatedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        ["time"] = job => job.CreatedAt.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture),
        ["tag"] = job => job.Tag ?? string.Empty,
        ["take"] = job => job.Take?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        ["row"] = job => job.Row?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        ["image"] = job => PictureName(job.Request),
        ["seed"] = job => (job.Seed ?? job.Request?.Seed)?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private readonly List<(string Text, bool IsToken)> _pieces = [];

    private FileNameTemplate()
    {
    }

    /// <summary>All that a template may hold.</summary>
    public static IEnumerable<string> Tokens =>
        s_fields.Keys.Concat(["index", "kind", "prompt", ColumnPrefix + "Name"]).Select(name => "{" + name + "}");

    /// <summary>Whether names count the files of a call.</summary>
    public bool Counts => _pieces.Exists(piece => piece is { IsToken: true, Text: "index" });

    public static FileNameTemplate Parse(string? text)
    {
        string template = string.IsNullOrWhiteSpace(text) ? Default : text!;
        FileNameTemplate parsed = new();
        for (int at = 0; at < template.Length;)
        {
            int open = template.IndexOfAny(['{', '}'], at);
            if (open < 0)
            {
                parsed._pieces.Add((template.Substring(at), false));
                break;
            }

            int close = template.IndexOf('}', open + 1);
            if (template[open] == '}' || close < 0)
            {
                throw Wrong(template, "its braces do not match");
            }

            parsed._pieces.Add((template.Substring(at, open - at), false));
            parsed._pieces.Add((Known(template, template.Substring(open + 1, close - open - 1)), true));
            at = close + 1;
        }

        return parsed;
    }

    /// <summary>
    /// <paramref name="index"/> is the file's number among those of the call, from 1; <paramref name="extension"/> has its dot;
    /// <paramref name="suffix"/> tells two files of one job apart.
    /// </summary>
    public string Render(SeedanceJob job, JobOutput output, int index, string extension, string suffix = "")
    {
        string prompt = SafeFileName.Clean(job.Prompt).Trim();
        string whole = Complete(Fill(job, output, index, prompt), job, extension);
        int room = MostBytes - Encoding.UTF8.GetByteCount(extension + suffix);
        string stem = Stem(job, output, index, prompt, extension, room);
        if (stem != whole && !stem.Contains(job.Id))
        {
            // What was cut away may be all that tells two files apart.
            stem = Stem(job, output, index, prompt, extension, room - MarkLength - 1) + "-"
                + FileHash.OfText(whole).Substring(0, MarkLength);
        }

        return stem + suffix + extension;
    }

    private string Stem(SeedanceJob job, JobOutput output, int index, string prompt, string extension, int room)
    {
        // The prompt gives way first: what makes a name unique must not be cut off behind it.
        int prompts = Math.Max(1, _pieces.Count(piece => piece.IsToken && piece.Text == "prompt"));
        int rest = Encoding.UTF8.GetByteCount(Fill(job, output, index, string.Empty));
        string shorter = SafeFileName.ShortenMiddle(prompt, Math.Max(0, room - rest) / prompts, MostPromptCharacters).Trim();
        string stem = Complete(Fill(job, output, index, shorter), job, extension);
        return SafeFileName.ShortenMiddle(stem, room, int.MaxValue).TrimEnd('.', ' ');
    }

    private static string Complete(string stem, SeedanceJob job, string extension) => SafeFileName.Complete(
        stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? stem.Substring(0, stem.Length - extension.Length) : stem, job.Id);

    /// <summary>The first picture's file name, without folder and extension; nothing for one that is inside the request.</summary>
    private static string PictureName(VideoRequest? request)
    {
        string? picture = request?.Image ?? (request?.ReferenceImages is { Count: > 0 } several ? several[0] : null);
        if (picture is null || picture.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return string.Empty;
        }

        string path = Uri.TryCreate(picture, UriKind.Absolute, out Uri? address) && !address.IsFile
            ? Uri.UnescapeDataString(address.AbsolutePath)
            : picture;
        string name = path.TrimEnd('/', '\\');
        name = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return name.LastIndexOf('.') is > 0 and { } dot ? name.Substring(0, dot) : name;
    }

    private static string Known(string template, string name)
    {
        string token = name.Trim().ToLowerInvariant();
        if (token.StartsWith(ColumnPrefix, StringComparison.Ordinal) && token.Length > ColumnPrefix.Length)
        {
            return token;
        }

        return s_fields.ContainsKey(token) || token is "prompt" or "index" or "kind"
            ? token
            : throw Wrong(template, "{" + name + "} is unknown");
    }

    private static SeedanceException Wrong(string template, string what)
    {
        string known = string.Join(" ", Tokens);
        string action = "Use " + known + ".";
        return new SeedanceException(ErrorCode.InvalidRequest, "The name template '" + template + "' cannot be used: " + what + ".")
        {
            RecommendedAction = action,
            Target = template,
        };
    }

    private string Fill(SeedanceJob job, JobOutput output, int index, string prompt) =>
        string.Concat(_pieces.Select(piece => SafeFileName.Clean(
        !piece.IsToken ? piece.Text
        : piece.Text switch
        {
            "prompt" => prompt,
            "index" => index.ToString(CultureInfo.InvariantCulture),
            "kind" => output.Kind.ToLowerInvariant(),
            _ when s_fields.TryGetValue(piece.Text, out Func<SeedanceJob, string>? value) => value(job),
            _ => job.Columns.TryGetValue(piece.Text.Substring(ColumnPrefix.Length).Trim(), out string? cell) ? cell : string.Empty,
        })));
}

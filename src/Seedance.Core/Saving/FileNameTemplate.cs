namespace Seedance.Saving;

/// <summary>A file name from a job, by a template such as <c>{date}-{prompt}-{id}</c>.</summary>
internal sealed class FileNameTemplate
{
    public const string Default = "{id}";
    public const int MostBytes = 120; // Leaves room for .part.json under every file system's 255.
    private const int MostPromptCharacters = 40;

    private static readonly Dictionary<string, Func<SeedanceJob, string>> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = job => job.Id,
        ["providerid"] = job => job.ProviderJobId ?? string.Empty,
        ["provider"] = job => job.Provider,
        ["model"] = job => job.Model,
        ["date"] = job => job.CreatedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        ["time"] = job => job.CreatedAt.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture),
        ["seed"] = job => (job.Seed ?? job.Request?.Seed)?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private readonly List<(string Text, bool IsToken)> _pieces = [];

    private FileNameTemplate()
    {
    }

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

    /// <param name="job">Where the values come from.</param>
    /// <param name="output">Which of its files.</param>
    /// <param name="index">Its place, from 1.</param>
    /// <param name="extension">With its dot.</param>
    /// <param name="suffix">Tells two files of one job apart.</param>
    public string Render(SeedanceJob job, JobOutput output, int index, string extension, string suffix = "")
    {
        int room = MostBytes - Encoding.UTF8.GetByteCount(extension + suffix);

        // The prompt gives way first: what makes a name unique must not be cut off behind it.
        int prompts = Math.Max(1, _pieces.Count(piece => piece.IsToken && piece.Text == "prompt"));
        int rest = Encoding.UTF8.GetByteCount(Fill(job, output, index, string.Empty));
        string prompt = SafeFileName.Shorten(SafeFileName.Clean(job.Prompt).Trim(), Math.Max(0, room - rest) / prompts, MostPromptCharacters).Trim();
        string stem = Fill(job, output, index, prompt);
        if (stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            stem = stem.Substring(0, stem.Length - extension.Length);
        }

        stem = SafeFileName.Shorten(SafeFileName.Complete(stem, job.Id), room);
        return stem.TrimEnd('.', ' ') + suffix + extension;
    }

    private static string Known(string template, string name)
    {
        string token = name.Trim().ToLowerInvariant();
        return s_fields.ContainsKey(token) || token is "prompt" or "index" or "kind"
            ? token
            : throw Wrong(template, "{" + name + "} is unknown");
    }

    private static SeedanceException Wrong(string template, string what)
    {
        string known = string.Join(" ", s_fields.Keys.Concat(["index", "kind", "prompt"]).Select(name => "{" + name + "}"));
        string action = "Use " + known + ".";
        return new SeedanceException(ErrorCode.InvalidRequest, "The name template '" + template + "' cannot be used: " + what + ". " + action)
        {
            RecommendedAction = action,
            Target = template,
        };
    }

    private string Fill(SeedanceJob job, JobOutput output, int index, string prompt) => string.Concat(_pieces.Select(piece => SafeFileName.Clean(
        !piece.IsToken ? piece.Text
        : piece.Text switch
        {
            "prompt" => prompt,
            "index" => index.ToString(CultureInfo.InvariantCulture),
            "kind" => output.Kind.ToLowerInvariant(),
            _ => s_fields[piece.Text](job),
        })));
}

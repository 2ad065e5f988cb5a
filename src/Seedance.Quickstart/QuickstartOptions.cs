namespace Seedance.Quickstart;

/// <summary>What the quickstart was asked to do.</summary>
internal sealed record QuickstartOptions
{
    public const string Usage = """
        Usage: dotnet run --project src/Seedance.Quickstart [-- options]
          --prompt TEXT       what the video shows
          --provider NAME     Simulator (default), or a real one, which needs its key in the environment and costs money
          --model NAME        a model of that provider, such as seedance-2-mini
          --duration SECONDS  length of the clip
          --resolution NAME   such as 480p
          --destination DIR   where the video goes; out/videos of the clone when not given
        """;

    public string Provider { get; init; } = "Simulator";

    public string Prompt { get; init; } = "A fox crosses fresh snow at dawn, slow push in, soft light, quiet wind";

    public string? Model { get; init; }

    public int? Duration { get; init; }

    public string? Resolution { get; init; }

    public required string Destination { get; init; }

    /// <summary>Null and a reason where the words make no sense.</summary>
    public static (QuickstartOptions? Options, string? Wrong) Parse(IReadOnlyList<string> words, string destination)
    {
        QuickstartOptions options = new() { Destination = destination };
        for (int i = 0; i < words.Count; i++)
        {
            string name = words[i];
            if (i + 1 == words.Count)
            {
                return (null, name + " is unknown or lacks its value.");
            }

            string value = words[++i];
            switch (name)
            {
                case "--prompt": options = options with { Prompt = value }; break;
                case "--provider": options = options with { Provider = value }; break;
                case "--model": options = options with { Model = value }; break;
                case "--resolution": options = options with { Resolution = value }; break;
                case "--destination": options = options with { Destination = Path.GetFullPath(value) }; break;
                case "--duration" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture,
                    out int seconds): options = options with { Duration = seconds }; break;
                default: return (null, string.Join(' ', name, value) + " is not understood.");
            }
        }

        return (options, null);
    }

    /// <summary>The same job as a line of PowerShell.</summary>
    public string ToPowerShell()
    {
        List<string> submit = ["New-SeedanceVideo -Provider " + Provider];
        if (Model is not null)
        {
            submit.Add("-Model " + Model);
        }

        if (Duration is { } seconds)
        {
            submit.Add("-Duration " + seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (Resolution is not null)
        {
            submit.Add("-Resolution " + Resolution);
        }

        return Quote(Prompt) + " | " + string.Join(' ', submit) + " | Wait-SeedanceJob | Save-SeedanceVideo -Destination "
            + Quote(Destination) + " -Force";
    }

    /// <summary>The whole run: any error ends it, and what was saved is shown at its end.</summary>
    public string ToScript(string module) => "$ErrorActionPreference = 'Stop'; Import-Module " + Quote(module) + "; "
        + ToPowerShell() + " | Tee-Object -Variable saved | Format-List Id, Provider, IsSimulated, Status; "
        + "'Video:   ' + $saved.Outputs[0].Path; 'Sidecar: ' + $saved.Outputs[0].Path + '.json'";

    public static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}

using Seedance.Wire;

namespace Seedance.Providers.Wireflow;

/// <summary>
/// Ties what was asked to the inputs that a workflow names, by label and type. Where two inputs fit, the user has to say which: a guess
/// would be paid for.
/// </summary>
internal static class WireflowDiscovery
{
    private static readonly Dictionary<string, (string[] Words, string[] Never, string? Media)> s_signs = new(StringComparer.Ordinal)
    {
        [WireflowNames.Prompt] = (["prompt", "text"], ["negative"], null),
        [WireflowNames.Image] = (["firstframe", "startframe", "firstimage", "startimage", "inputimage", "referenceimage", "image"],
            ["last", "end", "tail"], "image"),
        [WireflowNames.LastFrame] = (["lastframe", "endframe", "lastimage", "endimage", "tailimage"], [], "image"),
        [WireflowNames.ReferenceImages] = (["reference", "image"], ["last", "end", "tail"], "image"),
        [WireflowNames.ReferenceVideos] = (["video"], [], "video"),
        [WireflowNames.ReferenceAudios] = (["audio", "sound", "music", "voice"], [], "audio"),
        [WireflowNames.Duration] = (["duration", "seconds", "length"], [], null),
        [WireflowNames.Resolution] = (["resolution"], [], null),
        [WireflowNames.AspectRatio] = (["aspectratio", "aspect", "ratio"], [], null),
        [WireflowNames.GenerateAudio] = (["generateaudio", "audio", "sound"], [], null),
        [WireflowNames.Seed] = (["seed"], [], null),
        [WireflowNames.CameraFixed] = (["camerafixed", "fixedcamera", "camera"], [], null),
        [WireflowNames.HighBitrate] = (["bitrate"], [], null),
        [WireflowNames.Upscale] = (["upscale"], [], null),
    };

    private static readonly string[] s_media = ["image", "video", "audio"];

    /// <summary>The request with an alias for all that was asked and has an input; what has none is refused later, by name.</summary>
    public static VideoRequest Tie(VideoRequest request, WireNode workflow)
    {
        Input[] inputs = [.. workflow["inputs"].Items.Select(Input.Read).OfType<Input>()];
        WireflowOptions options = WireflowOptions.Read(request);
        Dictionary<string, object?> aliases = options.Aliases.ToDictionary(
            alias => alias.Key, alias => (object?)alias.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        HashSet<string> taken = [.. options.Aliases.SelectMany(alias => alias.Value), .. options.Inputs.Select(input => input.Key)];
        if (taken.FirstOrDefault(name => !Array.Exists(inputs, input => input.Node == name)) is { } unknown)
        {
            throw WireflowOptions.Refused("The workflow has no input '" + unknown + "'; it has " + List(inputs) + ".");
        }

        foreach (var asked in WireflowNames.Asked(request).Where(asked => !aliases.ContainsKey(asked.Key)))
        {
            string[] nodes =
                [.. Match(asked.Key, asked.Value.Length, [.. inputs.Where(input => !taken.Contains(input.Node))])
                .Select(input => input.Node)];
            aliases[asked.Key] = nodes;
            taken.UnionWith(nodes);
        }

        Input[] missing = [.. inputs.Where(input => input.MustBeGiven && !taken.Contains(input.Node))];
        if (missing.Length > 0)
        {
            throw WireflowOptions.Refused("The workflow needs " + List(missing) + ".");
        }

        Dictionary<string, object?> told = request.Options
            .Where(option => !string.Equals(option.Key, WireflowOptions.AliasesName, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);
        told[WireflowOptions.AliasesName] = aliases;
        return request with { Options = told };
    }

    private static Input[] Match(string name, int count, Input[] free)
    {
        (string[] words, string[] never, string? media) = s_signs[name];
        Input[] fitting = [.. free.Where(input => input.Takes(media) && !input.Says(never))];
        if (count > 1)
        {
            return [.. fitting.Where(input => media is null || input.Type.Contains(media) || input.Says(words)).Take(count)];
        }

        foreach (string word in words)
        {
            Input[] named = [.. fitting.Where(input => input.Says(word))];
            if (named.Length > 1)
            {
                throw WireflowOptions.Refused(name + " could go to " + List(named) + "; the option 'aliases' says which.");
            }

            if (named.Length == 1)
            {
                return named;
            }
        }

        // No label tells, but where only one input is of the type there is no doubt either.
        Input[] typed =
            [.. fitting.Where(input => media is not null
            ? input.Type.Contains(media)
            : name == WireflowNames.Prompt && input.Type.Contains("text"))];
        return typed.Length == 1 ? typed : [];
    }

    private static string List(IEnumerable<Input> inputs) =>
        string.Join(", ", inputs.Select(input => "'" + input.Node + "' (" + input.Label + ", " + input.Type + ")"));

    private sealed record Input(string Node, string Label, string Type, bool MustBeGiven)
    {
        /// <summary>The model's own name must not read as "seed".</summary>
        private readonly string _words = new([.. Label.ToLowerInvariant().Replace("seedance", " ").Where(char.IsLetterOrDigit)]);

        public static Input? Read(WireNode node) => node["nodeId"].Text is { } id
            ? new Input(
                id, node["label"].Text ?? id, node["type"].Text?.ToLowerInvariant() ?? string.Empty,
                node["required"].Flag == true && !node["default"].Exists)
            : null;

        public bool Says(params string[] words) => words.Any(word => _words.IndexOf(word, StringComparison.Ordinal) >= 0);

        /// <summary>A picture goes to no video input, and a number to none of both.</summary>
        public bool Takes(string? media) => media is null
            ? !s_media.Any(other => Type.Contains(other))
            : Type.Contains(media) || !s_media.Any(other => Type.Contains(other));
    }
}

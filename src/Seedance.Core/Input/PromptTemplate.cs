namespace Seedance.Input;

/// <summary>A prompt with places to fill in, such as <c>a mug, {light}, {move}</c>. A brace of its own is written twice.</summary>
internal sealed class PromptTemplate
{
    private const int MostPrompts = 10_000;
    private readonly List<(string Text, bool IsPlace)> _pieces = [];
    private readonly List<string> _places = [];
    private readonly string _template;

    private PromptTemplate(string template) => _template = template;

    public static PromptTemplate Parse(string template)
    {
        PromptTemplate parsed = new(template);
        StringBuilder text = new();
        for (int i = 0; i < template.Length; i++)
        {
            bool isBrace = template[i] is '{' or '}';
            if (isBrace && i + 1 < template.Length && template[i + 1] == template[i])
            {
                text.Append(template[i++]);
            }
            else if (!isBrace)
            {
                text.Append(template[i]);
            }
            else
            {
                int close = template.IndexOf('}', i);
                if (template[i] == '}' || close < 0 || template.Substring(i + 1, close - i - 1).Trim() is not { Length: > 0 } place)
                {
                    throw parsed.Refuse("its braces do not match", "Write each place like {light}, and a brace of the text twice.");
                }

                parsed._pieces.Add((text.ToString(), false));
                parsed._pieces.Add((place, true));
                text.Clear();
                i = close;
                if (!parsed._places.Contains(place, StringComparer.OrdinalIgnoreCase))
                {
                    parsed._places.Add(place);
                }
            }
        }

        parsed._pieces.Add((text.ToString(), false));
        return parsed;
    }

    /// <summary>Every combination of the values, the last place changing fastest.</summary>
    public IEnumerable<SeedancePrompt> Fill(IReadOnlyDictionary<string, IReadOnlyList<string>> given)
    {
        Dictionary<string, IReadOnlyList<string>> values = given.ToDictionary(
            item => item.Key.Trim(), item => item.Value, StringComparer.OrdinalIgnoreCase);
        Check(values);
        int[] at = new int[_places.Count];
        do
        {
            yield return Prompt(values, at);
        }
        while (Advance(values, at));
    }

    private void Check(Dictionary<string, IReadOnlyList<string>> values)
    {
        List<string> wrong =
        [
            .. _places.Where(place => !values.TryGetValue(place, out IReadOnlyList<string>? some) || some.Count == 0)
                .Select(place => "there is no value for {" + place + "}"),
            .. values.Keys.Where(name => !_places.Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(name => "it has no {" + name + "}"),
            .. values.Where(item => item.Value.Distinct(StringComparer.Ordinal).Count() < item.Value.Count)
                .Select(item => "a value for {" + item.Key + "} is there twice, which would be paid for twice"),
        ];
        if (wrong.Count > 0)
        {
            throw Refuse(string.Join("; ", wrong), "Give a list for each place with -Value, such as @{ light = 'dawn', 'neon dusk' }.");
        }

        double count = _places.Aggregate(1d, (product, place) => product * values[place].Count);
        if (count > MostPrompts)
        {
            throw Refuse(string.Format(CultureInfo.InvariantCulture, "{0:0} combinations are more than {1}", count, MostPrompts),
                "Give fewer values.");
        }
    }

    private SeedancePrompt Prompt(Dictionary<string, IReadOnlyList<string>> values, int[] at)
    {
        Dictionary<string, string> filled = _places.Select((place, i) => (place, Value: values[place][at[i]]))
            .ToDictionary(item => item.place, item => item.Value, StringComparer.OrdinalIgnoreCase);
        string[] differing =
            [.. _places.Where(place => values[place].Count > 1).Select(place => filled[place].Trim()).Where(value => value.Length > 0)];
        return new SeedancePrompt
        {
            Prompt = string.Concat(_pieces.Select(piece => piece.IsPlace ? filled[piece.Text] : piece.Text)),
            Tag = differing.Length == 0 ? null : string.Join(", ", differing),
            Columns = new SheetColumns(filled),
        };
    }

    private bool Advance(Dictionary<string, IReadOnlyList<string>> values, int[] at)
    {
        for (int place = at.Length - 1; place >= 0; place--)
        {
            if (++at[place] < values[_places[place]].Count)
            {
                return true;
            }

            at[place] = 0;
        }

        return false;
    }

    private SeedanceException Refuse(string what, string action) =>
        new(ErrorCode.InvalidRequest, "The template '" + _template + "' cannot be used: " + what + ".")
    {
        Target = _template,
        RecommendedAction = action,
    };
}

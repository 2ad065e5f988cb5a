using System.Text.Json;
using Seedance.Models;

namespace Seedance.Catalogue;

/// <summary>
/// The fields of one object that was written by hand. Reading is strict, unlike that of a host's answer: a misspelt field would silently
/// lift a limit.
/// </summary>
internal sealed class RowFields
{
    private const int LongestText = 2000;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _wrong;
    private readonly string _prefix;

    public RowFields(JsonElement element)
        : this(element, string.Empty, [])
    {
    }

    private RowFields(JsonElement element, string prefix, List<string> wrong)
    {
        _prefix = prefix;
        _wrong = wrong;
        if (element.ValueKind != JsonValueKind.Object)
        {
            _wrong.Add(prefix.Length == 0 ? "it is no object" : "the field " + prefix.TrimEnd('.') + " is no object");
            return;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                _wrong.Add("a field has a name that is no text");
            }
            else if (_fields.ContainsKey(name))
            {
                Refuse(name, "is there twice");
            }
            else
            {
                _fields.Add(name, property.Value);
            }
        }
    }

    /// <summary>What was found wrong, each with its field.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public void Refuse(string field, string why) => _wrong.Add("the field " + _prefix + field + " " + why);

    /// <summary>Refuses the fields that nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach (string name in _fields.Keys.Where(name => !_asked.Contains(name)))
        {
            Refuse(name.Length <= 40 && !name.Any(char.IsControl) ? name : "(of a strange name)", "is not known");
        }
    }

    public string? Text(string field) => Find(field) is { } element ? AsText(element, field) : null;

    public string RequiredText(string field)
    {
        if (Find(field) is not { } element)
        {
            Refuse(field, "is missing");
            return string.Empty;
        }

        return AsText(element, field) ?? string.Empty;
    }

    public int? Whole(string field, int least, int most) => Find(field) is { } element ? AsWhole(element, field, least, most) : null;

    public bool Flag(string field)
    {
        if (Find(field) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Refuse(field, "is neither true nor false");
        }

        return Find(field) is { ValueKind: JsonValueKind.True };
    }

    public decimal? Number(string field, decimal most) => Find(field) is { } element ? AsNumber(element, field, most) : null;

    public IReadOnlyList<string> Texts(string field) => [.. Items(field).Select(item => AsText(item.Element, item.Field)).OfType<string>()];

    public IReadOnlyList<int> Wholes(string field, int least, int most) =>
        [.. Items(field).Select(item => AsWhole(item.Element, item.Field, least, most)).OfType<int>()];

    public RowFields? Object(string field) => Find(field) is { } element ? new RowFields(element, _prefix + field + ".", _wrong) : null;

    /// <summary>A number for all resolutions, or numbers by resolution.</summary>
    public IReadOnlyDictionary<string, decimal> Rates(string field, decimal most)
    {
        Dictionary<string, decimal> rates = new(StringComparer.OrdinalIgnoreCase);
        if (Find(field) is not { } element)
        {
            return rates;
        }

        if (element.ValueKind == JsonValueKind.Number)
        {
            rates[PriceRule.AnyResolution] = AsNumber(element, field, most) ?? 0;
            return rates;
        }

        RowFields by = new(element, _prefix + field + ".", _wrong);
        foreach (string resolution in by._fields.Keys)
        {
            rates[resolution] = by.Number(resolution, most) ?? 0;
        }

        return rates;
    }

    private JsonElement? Find(string field)
    {
        _asked.Add(field);
        return _fields.TryGetValue(field, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? element : null;
    }

    private IEnumerable<(JsonElement Element, string Field)> Items(string field)
    {
        if (Find(field) is not { } element)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            Refuse(field, "is no list");
            return [];
        }

        return element.EnumerateArray()
            .Select((item, index) => (item, string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", field, index)));
    }

    private string? AsText(JsonElement element, string field)
    {
        string? text = StringOf(element);
        if (string.IsNullOrWhiteSpace(text) || text!.Length > LongestText || text.Any(char.IsControl))
        {
            Refuse(field, element.ValueKind == JsonValueKind.String ? "is empty, too long or holds control characters" : "is no text");
            return null;
        }

        return text.Trim();
    }

    private int? AsWhole(JsonElement element, string field, int least, int most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(field, string.Format(CultureInfo.InvariantCulture, "is no whole number from {0} to {1}", least, most));
        return null;
    }

    private decimal? AsNumber(JsonElement element, string field, decimal most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out decimal number) && number >= 0 && number <= most)
        {
            return number;
        }

        Refuse(field, string.Format(CultureInfo.InvariantCulture, "is no number from 0 to {0:0}", most));
        return null;
    }

    /// <summary>JSON may hold half a surrogate pair, which no string can.</summary>
    private static string? StringOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

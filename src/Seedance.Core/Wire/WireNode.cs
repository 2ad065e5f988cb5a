using System.Text.Json;

namespace Seedance.Wire;

/// <summary>
/// A place in a provider's JSON that may be missing or of another type than the sheet says. Reading never throws: a wrong type reads as
/// absent, because hosts change their shapes without notice and a field that nobody needs must not lose a paid job.
/// </summary>
internal readonly struct WireNode(JsonElement element)
{
    private readonly JsonElement _element = element;

    public WireNode this[string name]
    {
        get
        {
            try
            {
                return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out JsonElement child)
                    ? new WireNode(child)
                    : default;
            }
            catch (InvalidOperationException)
            {
                return default; // A neighbour's name is half a surrogate pair.
            }
        }
    }

    public WireNode this[int index] =>
        _element.ValueKind == JsonValueKind.Array && index >= 0 && index < _element.GetArrayLength()
            ? new WireNode(_element[index])
            : default;

    public bool Exists => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsString => _element.ValueKind == JsonValueKind.String;

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>A non-empty string; a number reads as its digits, because hosts send ids both ways (ModelsLab, 2026).</summary>
    public string? Text => _element.ValueKind switch
    {
        JsonValueKind.String when Characters is { Length: > 0 } text => text,
        JsonValueKind.Number => _element.GetRawText(),
        _ => null,
    };

    /// <summary>A number, also where it is sent as a string (Atlas Cloud's money, 2026).</summary>
    public decimal? Number =>
        Text is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    public int? Integer => Number is { } value && value >= int.MinValue && value <= int.MaxValue ? (int)value : null;

    public long? Long => Number is { } value && value >= long.MinValue && value <= long.MaxValue ? (long)value : null;

    public bool? Flag => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>An absolute http(s) address.</summary>
    public Uri? Address =>
        _element.ValueKind == JsonValueKind.String
        && Uri.TryCreate(Characters, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : null;

    /// <summary>Milliseconds or seconds since 1970, or an ISO date.</summary>
    public DateTimeOffset? Time
    {
        get
        {
            if (_element.ValueKind == JsonValueKind.String)
            {
                const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                return DateTimeOffset.TryParse(Characters, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time) ? time : null;
            }

            return Long switch
            {
                >= 100_000_000_000 and < 100_000_000_000_000 and { } milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
                > 0 and < 100_000_000_000 and { } seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
                _ => null,
            };
        }
    }

    public IEnumerable<WireNode> Items
    {
        get
        {
            if (_element.ValueKind != JsonValueKind.Array)
            {
                yield break;
            }

            foreach (JsonElement item in _element.EnumerateArray())
            {
                yield return new WireNode(item);
            }
        }
    }

    public IEnumerable<KeyValuePair<string, WireNode>> Properties
    {
        get
        {
            if (!IsObject)
            {
                yield break;
            }

            foreach (JsonProperty property in _element.EnumerateObject())
            {
                if (OrNull(property, named => named.Name) is { } name)
                {
                    yield return new(name, new WireNode(property.Value));
                }
            }
        }
    }

    /// <summary>
    /// The properties by name. A name that stands twice keeps its last value, as everywhere else that reads JSON by name.
    /// </summary>
    public Dictionary<string, T> ToMap<T>(Func<WireNode, T> read)
    {
        Dictionary<string, T> map = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, WireNode> property in Properties)
        {
            map[property.Key] = read(property.Value);
        }

        return map;
    }

    /// <summary>The value as plain text, number, array or dictionary.</summary>
    public object? Value => OrNull(_element, JsonValues.FromElement);

    /// <summary>The JSON text of this place, for showing.</summary>
    public string? Raw => Exists ? _element.GetRawText() : null;

    private string? Characters => _element.ValueKind == JsonValueKind.String ? OrNull(_element, text => text.GetString()) : null;

    /// <summary>JSON may hold half a surrogate pair, which no string can.</summary>
    private static TText? OrNull<TPlace, TText>(TPlace place, Func<TPlace, TText?> read)
        where TText : class
    {
        try
        {
            return read(place);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

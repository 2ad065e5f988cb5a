using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace Seedance.Wire;

/// <summary>
/// A place in a provider's JSON that may be missing or of another type than the sheet says. Reading never throws: a wrong type reads as
/// absent, because hosts change their shapes without notice and a field that nobody needs must not lose a paid job.
/// </summary>
internal readonly struct WireNode(JsonElement element)
{
    private readonly JsonElement _element = element;

    public WireNode this[string name] =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out JsonElement child) ? new WireNode(child) : default;

    public WireNode this[int index] =>
        _element.ValueKind == JsonValueKind.Array && index < _element.GetArrayLength() ? new WireNode(_element[index]) : default;

    public bool Exists => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>A non-empty string; a number reads as its digits, because hosts send ids both ways (ModelsLab, 2026).</summary>
    public string? Text => _element.ValueKind switch
    {
        JsonValueKind.String when _element.GetString() is { Length: > 0 } text => text,
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
        && Uri.TryCreate(_element.GetString(), UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : null;

    /// <summary>Milliseconds or seconds since 1970, or an ISO date.</summary>
    public DateTimeOffset? Time
    {
        get
        {
            if (_element.ValueKind == JsonValueKind.String)
            {
                const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                return DateTimeOffset.TryParse(_element.GetString(), CultureInfo.InvariantCulture, Utc, out DateTimeOffset time) ? time : null;
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
                yield return new(property.Name, new WireNode(property.Value));
            }
        }
    }

    /// <summary>The value as plain text, number, array or dictionary.</summary>
    public object? Value => JsonValues.FromElement(_element);

    /// <summary>The JSON text of this place, for showing.</summary>
    public string? Raw => Exists ? _element.GetRawText() : null;
}

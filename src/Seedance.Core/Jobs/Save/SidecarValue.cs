using System.Collections;
using System.Text.Json;
using Seedance.Downloads;

namespace Seedance.Jobs.Save;

/// <summary>Any value of a job or of a provider's own options, as JSON without secrets.</summary>
internal static class SidecarValue
{
    private const int LongestData = 64;

    /// <summary>What was not asked, or is not known, is left out.</summary>
    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        if (value is null or ICollection { Count: 0 })
        {
            return;
        }

        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(Shown(text));
                break;
            case Uri address:
                json.WriteStringValue(address.IsAbsoluteUri ? Shown(address.AbsoluteUri) : address.OriginalString);
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(moment.ToUniversalTime());
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                json.WriteNumberValue(number);
                break;
            case float number:
                WriteValue(json, (double)number);
                break;
            case byte or sbyte or short or ushort or int or uint or long or decimal:
                json.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            case IEnumerable<KeyValuePair<string, object?>> fields:
                WriteFields(json, fields);
                break;
            case IDictionary table:
                WriteFields(json, table.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(key.ToString()!, table[key])));
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Shown(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
                break;
        }
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject();
        foreach (KeyValuePair<string, object?> field in fields)
        {
            json.WritePropertyName(field.Key);
            WriteValue(json, field.Value);
        }

        json.WriteEndObject();
    }

    /// <summary>Addresses lose user, query and fragment; embedded media lose their megabytes.</summary>
    private static string Shown(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && text.Length > LongestData)
        {
            return string.Format(CultureInfo.InvariantCulture, "{0}... ({1} characters)", text.Substring(0, LongestData), text.Length);
        }

        bool address = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return address && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? MediaSource.Describe(uri) : text;
    }
}

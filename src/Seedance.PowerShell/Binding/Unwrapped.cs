using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Seedance.PowerShell.Binding;

/// <summary>Values without the engine's wrapping, which no code of the core knows.</summary>
internal static class Unwrapped
{
    public static object? Value(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>A hashtable with everything in it unwrapped; objects made of properties become hashtables.</summary>
    public static IReadOnlyDictionary<string, object?> Options(IDictionary options)
    {
        Dictionary<string, object?> result = new(System.StringComparer.Ordinal);
        foreach (DictionaryEntry option in options)
        {
            result[option.Key.ToString() ?? string.Empty] = Deep(option.Value);
        }

        return result;
    }

    /// <summary>Headers keep the collection that a listener made of them; anything else is unwrapped like a body.</summary>
    public static object? Headers(object? headers) => Value(headers) is NameValueCollection collection ? collection : Deep(headers);

    public static object? Deep(object? value) => Value(value) switch
    {
        PSObject custom =>
            custom.Properties.ToDictionary(property => property.Name, property => Deep(property.Value), System.StringComparer.Ordinal),
        IDictionary map => Options(map),
        string text => text,
        byte[] bytes => bytes,
        SwitchParameter given => given.IsPresent,
        IEnumerable items => items.Cast<object?>().Select(Deep).ToArray(),
        { } plain => plain,
        null => null,
    };
}

using System.Collections;
using System.Reflection;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Records;

/// <summary>Makes an object of which every member that can be set holds a value of its own, and tells what an object holds.</summary>
internal static class Filled
{
    /// <param name="without">Members that stay as they are.</param>
    public static T Of<T>(params string[] without)
        where T : class
    {
        int count = 0;
        return (T)Make(typeof(T), without, ref count);
    }

    /// <summary>A line for each member and each of its members.</summary>
    public static string[] Describe(object value, params string[] without) =>
        [.. Members(value.GetType()).Where(member => !without.Contains(member.Name)).SelectMany(
            member => Lines(member.Name, member.GetValue(value)))];

    private static IEnumerable<PropertyInfo> Members(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(member => member.CanWrite && member.GetIndexParameters().Length == 0);

    private static IEnumerable<string> Lines(string name, object? value) => value switch
    {
        null or string or ValueType and not System.Runtime.CompilerServices.ITuple or Uri =>
            [FormattableString.Invariant($"{name} = {value}")],
        System.Runtime.CompilerServices.ITuple tuple =>
            Enumerable.Range(0, tuple.Length).SelectMany(item => Lines(FormattableString.Invariant($"{name}.{item}"), tuple[item])),
        IEnumerable items => items.Cast<object>().SelectMany((item, number) =>
            item.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
                ? Lines(name + "." + type.GetProperty("Key")!.GetValue(item), type.GetProperty("Value")!.GetValue(item))
                : Lines(FormattableString.Invariant($"{name}.{number}"), item)),
        _ => Describe(value).Select(line => name + "." + line),
    };

    private static object Make(Type type, string[] without, ref int count)
    {
        object made = type.GetConstructor(Type.EmptyTypes) is { } plain ? plain.Invoke(null) : Construct(type, ref count);
        foreach (PropertyInfo member in Members(type).Where(member => !without.Contains(member.Name)))
        {
            member.SetValue(made, Value(member.PropertyType, member.GetValue(made), ref count));
        }

        return made;
    }

    private static object Construct(Type type, ref int count)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        List<object> values = [];
        foreach (ParameterInfo parameter in constructor.GetParameters())
        {
            values.Add(Value(parameter.ParameterType, usual: null, ref count));
        }

        return constructor.Invoke([.. values]);
    }

    private static object Value(Type declared, object? usual, ref int count)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        int number = ++count;
        string text = FormattableString.Invariant($"text {number}");
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => usual is not true,
            _ when type == typeof(Uri) => new Uri(FormattableString.Invariant($"https://host.example/{number}")),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(number),
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(number),
            { IsEnum: true } => Enum.GetValues(type).Cast<object>().First(word => !word.Equals(usual)),
            _ when type.IsPrimitive || type == typeof(decimal) => Convert.ChangeType(number, type, CultureInfo.InvariantCulture),
            _ when type == typeof(SheetColumns) => new SheetColumns([new("Client", text)]),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["key"] = text },
            _ when type == typeof(IReadOnlyDictionary<string, object>) => new Dictionary<string, object?> { ["key"] = text },
            { IsInterface: true } => List(type.GetGenericArguments()[0], ref count),
            _ when typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type) => Construct(type, ref count),
            _ => Make(type, [], ref count),
        };
    }

    private static Array List(Type type, ref int count)
    {
        Array list = Array.CreateInstance(type, 1);
        list.SetValue(Value(type, usual: null, ref count), 0);
        return list;
    }
}

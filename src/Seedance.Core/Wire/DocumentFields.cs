namespace Seedance.Wire;

/// <summary>
/// The fields of a document that this module writes and reads back. A document names each of its fields once, for both ways: a writer
/// writes the value that it is given and gives it back; a reader gives what the document holds. What is null or empty is not written, and
/// what is missing or of another type reads as null or empty.
/// </summary>
internal abstract class DocumentFields
{
    public abstract string? Text(string name, string? value);

    public abstract Uri? Address(string name, Uri? value);

    public abstract bool? Flag(string name, bool? value);

    public abstract int? Integer(string name, int? value);

    public abstract long? Long(string name, long? value);

    public abstract decimal? Number(string name, decimal? value);

    public abstract double? Double(string name, double? value);

    public abstract DateTimeOffset? Time(string name, DateTimeOffset? value);

    public abstract IReadOnlyList<string> Texts(string name, IReadOnlyCollection<string> values);

    public abstract IReadOnlyDictionary<string, string> TextMap(string name, IReadOnlyDictionary<string, string> values);

    /// <summary>What only one provider understands, of any shape.</summary>
    public abstract IReadOnlyDictionary<string, object?> Options(string name, IReadOnlyDictionary<string, object?> values);

    /// <summary>A document within the document; null where there is none.</summary>
    public abstract T? Part<T>(string name, T? value, Func<DocumentFields, T, T?> fields)
        where T : class, new();

    public abstract IReadOnlyList<T> Parts<T>(string name, IReadOnlyList<T> values, Func<DocumentFields, T, T> fields)
        where T : new();

    /// <summary>A flag that is written only where it is set.</summary>
    public virtual bool Switch(string name, bool value) => Flag(name, value ? true : null) ?? false;

    /// <summary>Throws <see cref="FormatException"/> where it is missing.</summary>
    public string Required(string name, string value) => Text(name, value) ?? throw Lacks(name);

    /// <summary>Throws <see cref="FormatException"/> for a word that is missing or unknown.</summary>
    public T Word<T>(string name, T value)
        where T : struct, Enum
    {
        string word = Required(name, value.ToString());
        return Parse<T>(word) ?? throw new FormatException("The record holds an unknown word: " + word + ".");
    }

    /// <summary>A word that is written only where it is not the usual one, which a missing or an unknown word reads as.</summary>
    public T Word<T>(string name, T value, T usual)
        where T : struct, Enum =>
        Parse<T>(Text(name, value.Equals(usual) ? null : value.ToString())) ?? usual;

    public static FormatException Lacks(string name) => new("The record has no " + name + ".");

    private static T? Parse<T>(string? word)
        where T : struct, Enum =>
        Enum.TryParse(word, ignoreCase: true, out T value) && Enum.IsDefined(typeof(T), value) ? value : null;
}

using System.Text.Json;

namespace Seedance.Wire;

/// <summary>Reads what is there. One field that cannot be read never loses the others.</summary>
internal class DocumentReader(WireNode document) : DocumentFields
{
    protected WireNode Document => document;

    /// <summary>Throws <see cref="JsonException"/> for what is no JSON, and what <paramref name="fields"/> throws.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, T blank, Func<DocumentFields, T, T> fields)
    {
        using JsonDocument parsed = JsonDocument.Parse(bytes);
        return fields(new DocumentReader(new WireNode(parsed.RootElement)), blank);
    }

    public override string? Text(string name, string? value) => document[name].Text;

    public override Uri? Address(string name, Uri? value) => document[name].Address;

    public override bool? Flag(string name, bool? value) => document[name].Flag;

    public override int? Integer(string name, int? value) => document[name].Integer;

    public override long? Long(string name, long? value) => document[name].Long;

    public override decimal? Number(string name, decimal? value) => document[name].Number;

    public override double? Double(string name, double? value) => (double?)document[name].Number;

    public override DateTimeOffset? Time(string name, DateTimeOffset? value) => document[name].Time;

    public override IReadOnlyList<string> Texts(string name, IReadOnlyCollection<string> values) =>
        [.. document[name].Items.Select(static item => item.Text).OfType<string>()];

    public override IReadOnlyDictionary<string, string> TextMap(string name, IReadOnlyDictionary<string, string> values) =>
        document[name].ToMap(static item => item.Text ?? string.Empty) is { Count: > 0 } map ? map : NoFields<string>.Map;

    public override IReadOnlyDictionary<string, object?> Options(string name, IReadOnlyDictionary<string, object?> values) =>
        document[name].ToMap(static item => item.Value) is { Count: > 0 } map ? map : NoFields<object?>.Map;

    public override T? Part<T>(string name, T? value, Func<DocumentFields, T, T?> fields)
        where T : class =>
        document[name] is { IsObject: true } part ? fields(new DocumentReader(part), new T()) : null;

    public override IReadOnlyList<T> Parts<T>(string name, IReadOnlyList<T> values, Func<DocumentFields, T, T> fields) =>
        [.. document[name].Items.Select(item => fields(new DocumentReader(item), new T()))];
}

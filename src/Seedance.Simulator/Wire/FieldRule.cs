using System.Text.Json;

namespace Seedance.Simulator.Wire;

/// <summary>What one field of a JSON object may hold. The check answers null, or what the host would say.</summary>
internal sealed record FieldRule(string Name, Func<JsonElement, (FieldProblemKind Kind, string Message)?> Check)
{
    public bool Required { get; private init; }

    public FieldRule Require() => this with { Required = true };

    public static FieldRule Text(string name, int longest = int.MaxValue, bool mayBeEmpty = false) => new(name, value =>
        value.ValueKind != JsonValueKind.String ? (FieldProblemKind.Type, "Input should be a valid string")
        : !mayBeEmpty && string.IsNullOrWhiteSpace(value.GetString()) ? (FieldProblemKind.Value, "String should have at least 1 character")
        : value.GetString()!.Length > longest
            ? (FieldProblemKind.Value, FormattableString.Invariant($"String should have at most {longest} characters"))
        : null);

    public static FieldRule OneOf(string name, params string[] allowed) => new(name, value =>
        value.ValueKind != JsonValueKind.String ? (FieldProblemKind.Type, "Input should be a valid string")
        : allowed.Contains(value.GetString(), StringComparer.Ordinal) ? null
        : (FieldProblemKind.Value, "Input should be one of " + string.Join(", ", allowed)));

    public static FieldRule Whole(string name, long least, long most) => new(name, value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number)
            ? (FieldProblemKind.Type, "Input should be a valid integer")
        : number >= least && number <= most ? null
        : (FieldProblemKind.Value, FormattableString.Invariant($"Input should be from {least} to {most}")));

    public static FieldRule WholeOneOf(string name, params long[] allowed) => new(name, value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number)
            ? (FieldProblemKind.Type, "Input should be a valid integer")
        : allowed.Contains(number) ? null
        : (FieldProblemKind.Value, "Input should be one of " + string.Join(", ", allowed)));

    public static FieldRule Flag(string name) => new(name, value =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : (FieldProblemKind.Type, "Input should be a valid boolean"));

    public static FieldRule Url(string name) => new(name, value =>
        value.ValueKind != JsonValueKind.String ? (FieldProblemKind.Type, "Input should be a valid string")
        : WebAddress.IsHttp(value.GetString()) ? null
        : (FieldProblemKind.Value, "Input should be an absolute http or https url"));

    /// <summary>A url, or what else the host takes for a file: a data address, an asset.</summary>
    public static FieldRule Media(string name, Func<string?, bool> takes) => new(name, value =>
        value.ValueKind != JsonValueKind.String ? (FieldProblemKind.Type, "Input should be a valid string")
        : takes(value.GetString()) ? null
        : (FieldProblemKind.Value, "Input should be a url of a file"));

    public static FieldRule Urls(string name, int least, int most) => MediaList(name, least, most, WebAddress.IsHttp);

    public static FieldRule MediaList(string name, int least, int most, Func<string?, bool> takes) => new(name, value =>
        value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)
            ? (FieldProblemKind.Type, "Input should be a list of strings")
        : value.GetArrayLength() < least || value.GetArrayLength() > most
            ? (FieldProblemKind.Value,
                FormattableString.Invariant($"List should have {least} to {most} items, not {value.GetArrayLength()}"))
        : value.EnumerateArray().All(item => takes(item.GetString())) ? null
        : (FieldProblemKind.Value, "List items should be absolute http or https urls"));

    /// <summary>A nested object with a schema of its own; its problems are found by <see cref="BodySchema"/>.</summary>
    public static FieldRule Nested(string name) => new(name, value =>
        value.ValueKind == JsonValueKind.Object ? null : (FieldProblemKind.Type, "Input should be a valid object"));
}

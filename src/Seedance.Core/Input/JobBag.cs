using Seedance.Records;

namespace Seedance.Input;

/// <summary>
/// A job that came back as a property bag: from Clixml, JSON, a background job or a table. Only what names the job is believed. Its address
/// is not: a key goes where this session's own settings say, never where a file says.
/// </summary>
internal static class JobBag
{
    /// <summary>Reads a bag by its properties; <paramref name="property"/> gives null where it has none.</summary>
    /// <returns>Null when the bag does not name a provider's job.</returns>
    public static SeedanceJob? Read(Func<string, object?> property)
    {
        string? id = Text(property("Id"));
        string? provider = Text(property("Provider"));
        string? providerJobId = Text(property("ProviderJobId"));
        if (id is null || !JobId.IsValid(id) || provider is null || providerJobId is null)
        {
            return null;
        }

        DateTimeOffset created = Moment(property("CreatedAt")) ?? JobId.CreatedAt(id);
        return new SeedanceJob
        {
            Id = id,
            Provider = provider,
            ProviderJobId = providerJobId,
            Profile = Text(property("Profile")),
            Model = Text(property("Model")) ?? string.Empty,
            WireModel = Text(property("WireModel")) ?? string.Empty,
            Prompt = Text(property("Prompt")) ?? string.Empty,
            Request = Request(property("Request")),
            Asked = Request(property("Asked")),
            Filled = [.. (property("Filled") as IEnumerable<object?> ?? []).OfType<string>()],
            Seed = long.TryParse(Text(property("Seed")), NumberStyles.Integer, CultureInfo.InvariantCulture, out long seed) ? seed : null,
            ClientToken = Text(property("ClientToken")),
            State = JobStatus.Running, // Whatever the bag says is old; the provider tells.
            CreatedAt = created,
            SubmittedAt = Moment(property("SubmittedAt")) ?? created,
            Tag = Text(property("Tag")),
            Batch = Text(property("Batch")),
            Row = Number(property("Row")),
            Take = Number(property("Take")),
            DerivedFrom = Text(property("DerivedFrom")),
            Rating = Number(property("Rating")),
            Columns = ColumnCell.Read(property("Columns")),
            IsSimulated = string.Equals(Text(property("IsSimulated")), "True", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string? Text(object? value) => CellText.Optional(Convert.ToString(value, CultureInfo.InvariantCulture));

    private static VideoRequest? Request(object? value) =>
        value as VideoRequest ?? RequestBag.Read(value as IEnumerable<KeyValuePair<string, object?>>);

    /// <summary>A note that is no number is no reason to give up a paid job.</summary>
    private static int? Number(object? value) =>
        int.TryParse(Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static DateTimeOffset? Moment(object? value) => value switch
    {
        DateTimeOffset moment => moment,
        DateTime moment => new DateTimeOffset(moment),
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) => moment,
        _ => null,
    };
}

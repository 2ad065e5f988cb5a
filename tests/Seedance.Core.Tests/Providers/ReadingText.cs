using System.Text.Json.Nodes;
using Seedance.Providers;
using Seedance.Transport;

namespace Seedance.Core.Tests.Providers;

/// <summary>What a reader made of an answer, as JSON that a table can be compared with.</summary>
internal static class ReadingText
{
    /// <summary>With what the classifier makes of it, which decides whether the submit may be sent again.</summary>
    public static JsonObject Of(SubmitReading reading, int status)
    {
        JsonObject text = OfUpdate(reading.Update);
        text["id"] = reading.ProviderJobId;
        text["refusal"] = Refusal(reading.Error);
        text["notes"] = Notes(reading.Notes);
        text["outcome"] = SubmitClassifier.OfAnswer(status, reading).ToString();
        return text;
    }

    public static JsonObject Of(PollReading reading)
    {
        JsonObject text = OfUpdate(reading.Update);
        text["refusal"] = Refusal(reading.Error);
        text["notes"] = Notes(reading.Notes);
        text["next"] = reading.FollowUp?.Address?.AbsoluteUri ?? reading.FollowUp?.Route;
        text["nextMayRefuse"] = reading.FollowUpMayRefuse;
        return text;
    }

    public static JsonObject OfRefusal(WireError? error) => new() { ["refusal"] = Refusal(error) };

    public static JsonObject Of(IReadOnlyList<CreditPool> pools) => new()
    {
        ["pools"] = new JsonArray([.. pools.Select(pool => new JsonObject
        {
            ["name"] = pool.Name,
            ["amount"] = Number(pool.Amount),
            ["unit"] = pool.Unit,
            ["available"] = Number(pool.Available),
        })]),
    };

    /// <summary>What cannot be read leaves a submit's outcome to its status.</summary>
    public static JsonObject OfThrown(SeedanceException error, int status) => new()
    {
        ["outcome"] = SubmitClassifier.OfAnswer(status, null).ToString(),
        ["throws"] = new JsonObject
        {
            ["code"] = error.Code.ToString(),
            ["message"] = error.Message,
            ["action"] = error.RecommendedAction,
        },
    };

    private static JsonObject OfUpdate(JobUpdate? update) => new()
    {
        ["hasNews"] = update is not null,
        ["status"] = update?.Status?.ToString(),
        ["word"] = update?.StatusWord,
        ["progress"] = update?.Progress,
        ["outputs"] = new JsonArray([.. (update?.Outputs ?? []).Select(Output)]),
        ["seed"] = update?.Seed,
        ["cost"] = update?.Cost?.ToString(),
        ["costSource"] = update?.Cost?.Source,
        ["error"] = update?.Error is not { } error ? null : new JsonObject
        {
            ["code"] = error.Code,
            ["message"] = error.Message,
            ["providerCode"] = error.ProviderCode,
            ["requestId"] = error.RequestId,
        },
        ["started"] = Moment(update?.StartedAt),
        ["completed"] = Moment(update?.CompletedAt),
    };

    private static JsonObject Output(JobOutput output) => new()
    {
        ["url"] = output.Url?.AbsoluteUri,
        ["kind"] = output.Kind,
        ["width"] = output.Width,
        ["height"] = output.Height,
        ["seconds"] = output.DurationSeconds is { } seconds ? Math.Round(seconds, 3) : null,
        ["expires"] = Moment(output.ExpiresAt),
    };

    private static JsonObject? Refusal(WireError? error) => error is null ? null : new JsonObject
    {
        ["code"] = error.Code.ToString(),
        ["message"] = error.Message,
        ["providerCode"] = error.ProviderCode,
        ["retryAfter"] = error.RetryAfter?.TotalSeconds,
    };

    private static JsonObject? Notes(IReadOnlyDictionary<string, string>? notes) =>
        notes is null ? null : new JsonObject(notes.Select(note => KeyValuePair.Create<string, JsonNode?>(note.Key, note.Value)));

    /// <summary>Without the zeros behind the point that a decimal keeps.</summary>
    private static decimal? Number(decimal? value) => value / 1.0000000000000000000000000000m;

    private static string? Moment(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);
}

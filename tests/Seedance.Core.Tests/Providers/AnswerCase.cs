using System.Text.Json.Nodes;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Providers;

/// <summary>
/// One answer of a host and what is read in it.
/// <c>read</c> names the reader: submit, poll, error, cancel, credits, upload, callback or estimate.
/// <c>body</c> is JSON, a text, or <c>@name</c> for a document beside the table; <c>status</c> is 200 where it is not said.
/// <c>is</c> is a pattern (<see cref="JsonPattern"/>) of what the reader must make of it (<see cref="ReadingText"/>).
/// <c>why</c> says what it is an example of, and <c>sheet</c> where the host's page has it.
/// </summary>
internal sealed class AnswerCase(string host, IProviderAdapter adapter, JsonNode job, JsonObject line, int number)
{
    public string Host => host;

    public string Name { get; } = string.Join(" ", new[]
    {
        number.ToString(CultureInfo.InvariantCulture), line["read"]!.ToString() + ":", line["why"]!.ToString(), line["word"]?.ToString(),
        line["word"] is null ? null : line["body"]!.ToJsonString(),
    }.OfType<string>());

    public string Why => line["why"]!.ToString();

    public string? Sheet => line["sheet"]?.ToString();

    /// <summary>It says what a status word means.</summary>
    public bool IsOfAWord => line["word"] is not null;

    public JsonObject Expected => line["is"]!.AsObject();

    public JsonObject Read()
    {
        WireResponse answer = Answer();
        try
        {
            return line["read"]!.ToString() switch
            {
                "submit" => ReadingText.Of(adapter.ReadSubmit(answer), answer.Status),
                "poll" => ReadingText.Of(adapter.ReadPoll(Job(line["job"] ?? job), answer)),
                "error" => ReadingText.OfRefusal(adapter.ReadError(answer)),
                "cancel" => ReadingText.OfRefusal(((ICancelsJobs)adapter).ReadCancel(answer)),
                "credits" => ReadingText.Of(((IReportsCredits)adapter).ReadCredits(answer)),
                "upload" => new JsonObject { ["url"] = ((IUploadsMedia)adapter).ReadUpload(answer)?.AbsoluteUri },
                "callback" => new JsonObject { ["id"] = ((IReadsCallbacks)adapter).ReadCallbackId(answer.Body) },
                "estimate" => new JsonObject { ["cost"] = ((IEstimatesCost)adapter).ReadEstimate(answer)?.ToString() },
                string other => throw new InvalidOperationException("There is no reader " + other + "."),
            };
        }
        catch (SeedanceException error)
        {
            return ReadingText.OfThrown(error, answer.Status);
        }
    }

    public bool Fits(JsonObject read) => JsonPattern.Fits(Expected, read);

    private WireResponse Answer()
    {
        string body = line["body"] is JsonValue text ? text.ToString() : line["body"]!.ToJsonString();
        int status = line["status"]?.GetValue<int>() ?? 200;
        (string, string)[] headers =
            [.. (line["headers"]?.AsObject() ?? []).Select(header => (header.Key, header.Value!.ToString()))];
        return WireText.Answer(status, body.StartsWith('@') ? WireText.Document(host, body[1..]) : body, headers);
    }

    /// <summary>The notes that a submit leaves belong to its job: <c>notesOf</c> names the document.</summary>
    private ProviderJob Job(JsonNode from) => new()
    {
        Id = from["id"]!.ToString(),
        WireModel = from["wireModel"]!.ToString(),
        Notes = from["notesOf"] is { } submit
            ? adapter.ReadSubmit(WireText.Transcript(host, submit.ToString())).Notes!
            : (from["notes"]?.AsObject() ?? []).ToDictionary(note => note.Key, note => note.Value!.ToString(), StringComparer.Ordinal),
    };
}

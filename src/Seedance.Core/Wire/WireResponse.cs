using System.Text.Json;

namespace Seedance.Wire;

/// <summary>A provider's whole answer, read to its end and bounded.</summary>
internal sealed class WireResponse
{
    private const int ExcerptLength = 2000;
    private WireNode? _body;

    public required int Status { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public byte[] Bytes { get; init; } = [];

    /// <summary>When the answer arrived; an absolute Retry-After is measured from here where the answer has no Date.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    public Redactor Redactor { get; init; } = Redactor.None;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Set by the simulator alone, on every answer of every dialect.</summary>
    public bool IsSimulated => Header("X-Seedance-Simulator") is not null;

    public string? RequestId => Header("x-request-id") ?? Header("x-fal-request-id") ?? Header("x-correlation-id") ?? Header("cf-ray");

    /// <summary>The body as JSON; throws <see cref="ErrorCode.ProtocolError"/> when it is not.</summary>
    public WireNode Body => _body ??= Parse();

    /// <summary>The body as JSON, or a missing node when it is not.</summary>
    public WireNode BodyOrMissing
    {
        get
        {
            try
            {
                return Body;
            }
            catch (SeedanceException)
            {
                return default;
            }
        }
    }

    public TimeSpan? RetryAfter => RetryAfterHeader.Read(Header("Retry-After"), ReceivedAt, Header("Date"));

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The body for people: one line, redacted, at most 2,000 characters.</summary>
    public string Excerpt()
    {
        string text = Encoding.UTF8.GetString(Bytes, 0, Math.Min(Bytes.Length, ExcerptLength * 4));
        StringBuilder line = new(Math.Min(text.Length, ExcerptLength));
        foreach (char c in Redactor.Redact(text))
        {
            if (line.Length == ExcerptLength)
            {
                break;
            }

            line.Append(char.IsControl(c) || c == '\uFFFD' ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    /// <summary>What a reader makes of it. Whatever a reader throws that is no error of ours says that the answer cannot be understood.</summary>
    public T Read<T>(Func<WireResponse, T> reader)
    {
        try
        {
            return reader(this);
        }
        catch (Exception error) when (error is not SeedanceException)
        {
            throw Unreadable("The answer (HTTP " + Status.ToString(CultureInfo.InvariantCulture) + ") has a form that was not foreseen.", error);
        }
    }

    private WireNode Parse()
    {
        try
        {
            // By way of a string: a byte order mark or a broken byte in a text that nobody needs must not lose a paid job.
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(Bytes).TrimStart('\uFEFF'));
            return new WireNode(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            string type = Header("Content-Type") is { Length: > 0 } named ? named : "no content type";
            string text = string.Format(
                CultureInfo.InvariantCulture, "The answer (HTTP {0}, {1}, {2} bytes) is not readable JSON.", Status, type, Bytes.Length);
            throw Unreadable(text, error);
        }
    }

    private SeedanceException Unreadable(string text, Exception cause) => new(ErrorCode.ProtocolError, text, cause)
    {
        HttpStatus = Status,
        RequestId = RequestId,
        ResponseExcerpt = Excerpt(),
        RecommendedAction = "Check the base address of the profile; if it is right, try again later or report the excerpt to the provider.",
    };
}

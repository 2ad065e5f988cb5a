using System.Text.Json;

namespace Seedance.Wire;

/// <summary>
/// A provider's whole answer, read to its end and bounded. Its texts come out decoded, without secrets and cleaned: nobody behind it need
/// do so.
/// </summary>
internal sealed class WireResponse
{
    private const int ExcerptLength = 2000;
    private const int LongestRequestId = 256;
    private WireNode? _body;
    private string? _text;

    public required int Status { get; init; }

    /// <summary>As they came; read them by <see cref="Header"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { private get; init;
        } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>As they came; read them by <see cref="Body"/>.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>When the answer arrived; an absolute Retry-After is measured from here where the answer has no Date.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    public Redactor Redactor { get; init; } = Redactor.None;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Set by the simulator alone, on every answer of every dialect.</summary>
    public bool IsSimulated => Header("X-Seedance-Simulator") is not null;

    public string? RequestId =>
        (Header("x-request-id") ?? Header("x-fal-request-id") ?? Header("x-correlation-id") ?? Header("cf-ray")) is { } id
        ? id.Length <= LongestRequestId ? id : id.Substring(0, LongestRequestId) + "..."
        : null;

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

    private string Text => _text ??= HostText.Decode(Bytes, Header("Content-Type"), isRefusal: !IsSuccess);

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? HostText.Clean(value, Redactor) : null;

    /// <summary>The body for people: one line, at most 2,000 characters. The cut comes last, or it might go through a secret.</summary>
    public string Excerpt()
    {
        int window = (ExcerptLength * 4) + Redactor.Longest;
        bool cut = Text.Length > window;
        string safe = Redactor.Redact(cut ? Text.Substring(0, window) : Text);
        safe = cut ? safe.Substring(0, Math.Max(0, safe.Length - Redactor.Longest)) : safe; // Its end may be the beginning of a secret.
        string line = VisibleText.Of(safe).Replace('\uFFFD', ' ').Trim();
        return line.Length <= ExcerptLength ? line : line.Substring(0, ExcerptLength);
    }

    /// <summary>
    /// What a reader makes of it. Whatever a reader throws that is no error of ours says that the answer cannot be understood.
    /// </summary>
    public T Read<T>(Func<WireResponse, T> reader)
    {
        try
        {
            return reader(this);
        }
        catch (Exception error) when (error is not SeedanceException)
        {
            throw Unreadable(
                "The answer (HTTP " + Status.ToString(CultureInfo.InvariantCulture) + ") has a form that was not foreseen.", error);
        }
    }

    private WireNode Parse()
    {
        try
        {
            // By way of a string: a broken byte in a text that nobody needs must not lose a paid job.
            return HostJson.Parse(Text, Redactor);
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

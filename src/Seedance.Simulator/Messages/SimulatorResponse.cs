using System.Text.Json.Nodes;

namespace Seedance.Simulator.Messages;

/// <summary>One HTTP answer, and how the transport shall fail while it is sent.</summary>
public sealed class SimulatorResponse
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    internal SimulatorResponse(int status, SimulatorBody body, string? contentType = null)
    {
        Status = status;
        Body = body;
        if (contentType is not null)
        {
            With("Content-Type", contentType);
        }
    }

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>Header fields, without Content-Length.</summary>
    public IReadOnlyDictionary<string, string> Headers => _headers;

    /// <summary>The body that Content-Length promises.</summary>
    public SimulatorBody Body { get; }

    /// <summary>The head is sent, the body is not: the answer to a HEAD request, with the length the body would have.</summary>
    public bool HeadOnly { get; internal set; }

    /// <summary>The connection is reset before any byte is sent.</summary>
    public bool Reset { get; private init; }

    /// <summary>The connection ends after this many bytes of the body.</summary>
    public long? CutAfter { get; internal set; }

    internal static SimulatorResponse ConnectionReset() => new(0, SimulatorBody.Empty) { Reset = true };

    internal static SimulatorResponse Json(int status, JsonNode body) =>
        new(status, SimulatorBody.Of(Encoding.UTF8.GetBytes(body.ToJsonString())), "application/json");

    internal SimulatorResponse With(string name, string value)
    {
        _headers[name] = value;
        return this;
    }

    internal SimulatorResponse With(string name, decimal value) => With(name, value.ToString("0.######", CultureInfo.InvariantCulture));

    internal SimulatorResponse WithBody(SimulatorBody body)
    {
        SimulatorResponse copy = new(Status, body);
        foreach (KeyValuePair<string, string> header in _headers)
        {
            copy.With(header.Key, header.Value);
        }

        return copy;
    }
}

using Seedance.Simulator.Faults;
using Seedance.Simulator.Media;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Endpoints;

/// <summary>The media host: no key, ranges, strong ETags, urls that expire.</summary>
internal sealed class MediaEndpoint : IEndpoint
{
    public const string PlainPath = "/media/";
    public const string BrowserPath = "/media/browsers/";

    private const int WrongRangeShift = 1024;
    private const string BrowserSegment = "/browsers/";

    private int _generation;
    private int _keyLeaks;
    private long _bytesServed;

    public string Prefix => "media";

    public int KeyLeaks => Volatile.Read(ref _keyLeaks);

    public long BytesServed => Interlocked.Read(ref _bytesServed);

    public void CountServed(long bytes) => Interlocked.Add(ref _bytesServed, bytes);

    public SimulatorRequestKind Classify(string method, string path) =>
        method is "GET" or "HEAD" ? SimulatorRequestKind.Media : SimulatorRequestKind.Other;

    /// <summary>Looks for a key, which no media host may see, whatever becomes of the request.</summary>
    public void CountLeak(SimulatorRequest request)
    {
        if (request.Header("Authorization") is not null || request.Header("x-api-key") is not null)
        {
            Interlocked.Increment(ref _keyLeaks);
        }
    }

    public SimulatorResponse Answer(SimulatorCall call)
    {
        if (call.Kind != SimulatorRequestKind.Media)
        {
            return Refuse(405, "MethodNotAllowed").With("Allow", "GET, HEAD");
        }

        if (call.Path == LastFrame.Path)
        {
            return LastFrame.Answer();
        }

        // A content delivery network in front that knows clients by their User-Agent (Wireflow's vendor skill, 2026-09).
        bool wantsBrowser = call.Path.StartsWith(BrowserSegment, StringComparison.Ordinal);
        if (wantsBrowser && call.Request.Header("User-Agent")?.StartsWith("Mozilla/", StringComparison.Ordinal) != true)
        {
            return Refuse(403, "Forbidden");
        }

        string name = wantsBrowser ? call.Path.Substring(BrowserSegment.Length) : call.Path.TrimStart('/');
        if (MediaToken.Parse(name) is not { } token || call.Now < token.MadeAt)
        {
            return Refuse(404, "NoSuchKey"); // Also what is promised and not made yet.
        }

        if (call.Now >= token.ExpiresAt)
        {
            return Refuse(403, "AccessDenied");
        }

        int generation = call.Faults.Fire(SimulatorFaultKind.ChangedMedia) is null
            ? Volatile.Read(ref _generation)
            : Interlocked.Increment(ref _generation);
        MediaContent content = new(token.MediaBytes, token.Salt, generation);
        return Send(call, content, HttpDate.Of(token.MadeAt.AddSeconds(generation)));
    }

    public SimulatorResponse Refuse(int status, string message) =>
        new(status, SimulatorBody.Of(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{message}</Code></Error>")),
            "application/xml");

    private static SimulatorResponse Send(SimulatorCall call, MediaContent content, string modified)
    {
        bool offered = call.Faults.Fire(SimulatorFaultKind.NoRanges) is null;
        bool asked = ByteRange.TryRead(call.Request.Header("Range"), content.Length, out ByteRange? range);
        string? ifRange = call.Request.Header("If-Range");
        if (!offered || !asked || call.Request.Method != "GET" || (ifRange is not null && ifRange != content.ETag && ifRange != modified))
        {
            return Headed(200, content, content.Slice(0, content.Length), modified, offered);
        }

        if (range is not { } wanted)
        {
            return Headed(416, content, SimulatorBody.Empty, modified, offered)
                .With("Content-Range", FormattableString.Invariant($"bytes */{content.Length}"));
        }

        if (call.Faults.Fire(SimulatorFaultKind.WrongRange) is not null)
        {
            // Earlier where there is room, else later; the header is honest about it.
            long from = wanted.From > 0 ? Math.Max(0, wanted.From - WrongRangeShift) : Math.Min(WrongRangeShift, content.Length - 1);
            wanted = new ByteRange(from, Math.Min(wanted.Count, content.Length - from));
        }

        return Headed(206, content, content.Slice(wanted.From, wanted.Count), modified, offered)
            .With("Content-Range", wanted.ContentRange(content.Length));
    }

    private static SimulatorResponse Headed(int status, MediaContent content, SimulatorBody body, string modified, bool ranges)
    {
        SimulatorResponse answer = new SimulatorResponse(status, body, "video/mp4").With("ETag", content.ETag)
            .With("Last-Modified", modified);
        return ranges ? answer.With("Accept-Ranges", "bytes") : answer;
    }
}

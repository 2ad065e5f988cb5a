using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Seedance.Core.Tests.Providers;

namespace Seedance.Core.Tests.Fuzz;

/// <summary>
/// What a host that has gone wrong may answer: a documented answer with its body, headers and status broken, and secrets and commands put
/// into it.
/// </summary>
internal static class FuzzedAnswer
{
    private static readonly string[] s_commands = [
        "\\u001b[31m", "\\u202e", "\\r\\n", "\\u0000", "\\u009b2J", "\u202e", "\\ud83e", "\u001b]0;x\u0007"];
    private static readonly string[] s_labels = ["gzip", "deflate", "br", "aws-chunked", "binary", "identity", "gzip, gzip", "utf-8", ""];
    private static readonly string[] s_types = ["application/json", "text/html", "application/json; charset=gbk",
        "text/plain; charset=utf-16", "application/json; charset=nonsense", "x", ""];
    private static readonly string[] s_pauses = ["0", "1", "-5", "99999999999", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "3600"];
    private static readonly int[] s_statuses = [200, 200, 200, 200, 201, 202, 204, 206, 301, 302, 400, 401, 402, 403, 404, 407, 408, 409,
        410, 413, 416, 422, 429, 429, 500, 502, 503, 504, 520, 599];

    public static HttpResponseMessage Make(Random random, IReadOnlyList<string> documents, string key)
    {
        byte[] body = Body(random, documents, key);
        HttpResponseMessage answer =
            new((HttpStatusCode)(random.Next(4) == 0 ? random.Next(100, 1000) : s_statuses[random.Next(s_statuses.Length)]))
        {
            Content = new ByteArrayContent(random.Next(10) == 0 ? Gzip(body) : body),
        };
        Head(answer.Content.Headers, "Content-Type", s_types, random, 2);
        Head(answer.Content.Headers, "Content-Encoding", s_labels, random, 4);
        Head(answer.Headers, "Retry-After", s_pauses, random, 4);
        Head(answer.Headers, "x-request-id", ["r-1", "r-" + key, "r\u001b[2J", new string('r', 5000), string.Empty], random, 2);
        Head(answer.Headers, "Location", ["https://elsewhere.example/x?k=" + key, "/x", "http://[", "\u202e"], random, 6);
        Head(answer.Headers, "X-Seedance-Simulator", ["1"], random, 12);
        return answer;
    }

    /// <summary>The body alone, as a callback brings it.</summary>
    public static byte[] Body(Random random, IReadOnlyList<string> documents, string key)
    {
        string document = documents[random.Next(documents.Count)];
        for (int n = random.Next(3); n > 0; n--)
        {
            document = Insert(random, document, random.Next(2) == 0 ? Spelled(random, key) : s_commands[random.Next(s_commands.Length)]);
        }

        return random.Next(12) switch
        {
            0 => [],
            1 => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(document)).ToArray(),
            2 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 200)) + document),
            3 => Encoding.UTF8.GetBytes("<html>" + document),
            4 => Encoding.UTF8.GetBytes("\uFEFF" + document),
            6 or 7 => Broken(document, random),
            _ => Encoding.UTF8.GetBytes(document),
        };
    }

    private static byte[] Broken(string document, Random random)
    {
        try
        {
            return MutatedAnswers.Mutate(document, random);
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(document); // What was put into it has broken it already.
        }
    }

    /// <summary>Into a text of the document, where there is one.</summary>
    private static string Insert(Random random, string document, string what)
    {
        int at = document.IndexOf('"', random.Next(document.Length));
        return at < 0 ? document : document[..(at + 1)] + what + document[(at + 1)..];
    }

    private static string Spelled(Random random, string key) => random.Next(6) switch
    {
        0 => Uri.EscapeDataString(key),
        1 => string.Concat(Encoding.UTF8.GetBytes(key).Select(part => "%" + part.ToString("x2", CultureInfo.InvariantCulture))),
        2 => string.Concat(
            key.Select(letter => "\\u" + ((int)letter).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture))),
        3 => string.Concat(key.Select(letter => "&#" + ((int)letter).ToString(CultureInfo.InvariantCulture) + ";")),
        4 => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', random.Next(3)) + key)),
        _ => key,
    };

    private static void Head(HttpHeaders headers, string name, string[] values, Random random, int seldom)
    {
        if (random.Next(seldom) == 0)
        {
            headers.TryAddWithoutValidation(name, values[random.Next(values.Length)]);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}

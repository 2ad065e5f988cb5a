using System.Net.Http.Headers;
using Seedance.Media;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>A fresh HTTP message from a wire request.</summary>
internal static class HttpMessages
{
    /// <summary>How the module names itself to every host.</summary>
    public static ProductInfoHeaderValue Agent { get; } =
        new("Seedance.PowerShell", typeof(HttpMessages).Assembly.GetName().Version!.ToString(3));

    /// <summary><paramref name="leaving"/> is done before the first byte of the body leaves.</summary>
    public static HttpRequestMessage Build(Uri baseUri, WireRequest request, out TrackedContent? body, Func<Task>? leaving = null)
    {
        HttpRequestMessage message = new(request.Method, Resolve(baseUri, request));
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        HttpContent? content = request is { Json: { } around, File: { Field: not null } inlined } ? new InlinedFileContent(around, inlined)
            : request.Json is { } json ? JsonContent(json.ToJsonString())
            : request.File is { } file ? FileContent(file)
            : null;
        body = content is null ? null : new TrackedContent(content, leaving);
        message.Content = body;
        return message;
    }

    /// <summary>
    /// The base address with the route behind its own path; an address that the provider named must be at the same scheme, host and port.
    /// </summary>
    public static Uri Resolve(Uri baseUri, WireRequest request)
    {
        if (request.Address is not { } named)
        {
            return new Uri(baseUri.AbsoluteUri.TrimEnd('/') + "/" + request.Route);
        }

        return named.GetLeftPart(UriPartial.Authority) == baseUri.GetLeftPart(UriPartial.Authority)
            ? named
            : throw new SeedanceException(
                ErrorCode.ProtocolError,
                string.Format(CultureInfo.InvariantCulture, "The provider named an address at {0}; the key goes to {1} only.",
                    named.GetLeftPart(UriPartial.Authority), baseUri.GetLeftPart(UriPartial.Authority)));
    }

    private static ByteArrayContent JsonContent(string json)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static HttpContent FileContent(WireFile file)
    {
        StreamContent bytes = new(new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true));
        bytes.Headers.ContentType = MediaTypeHeaderValue.Parse(file.ContentType);
        if (file.Field is not { } field)
        {
            return bytes;
        }

        // The name that goes out is ours: it says what the file is, a local path is nobody's business, and names outside ASCII are mangled
        // by many servers.
        return new MultipartFormDataContent { { bytes, field, "media" + MediaFormat.ExtensionOf(file.ContentType) } };
    }
}

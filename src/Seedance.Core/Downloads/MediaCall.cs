using System.Net;
using System.Net.Http.Headers;
using Seedance.Accounts;
using Seedance.Transport;

namespace Seedance.Downloads;

/// <summary>One GET at a media host: no key, no compression, redirects followed by hand.</summary>
internal sealed class MediaCall(HttpClients clients, IOperationOutput output)
{
    private const int MostRedirects = 5;

    /// <summary>
    /// Asks for the rest of <paramref name="part"/> where that can be proved to belong to it. <paramref name="stop"/> covers the time to
    /// the answer's headers.
    /// </summary>
    public async Task<HttpResponseMessage> SendAsync(MediaSource source, Uri address, PartFile part, CancellationToken stop)
    {
        // Lengths and ranges must be those of the file itself.
        NetworkSettings network = source.Network with { Compression = false };
        for (int hop = 0; ; hop++)
        {
            using HttpRequestMessage message = Build(source, address, part);
            HttpClient client = clients.For(address, network, ownConnection: false);
            HttpResponseMessage answer =
                await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            output.Debug(string.Format(
                CultureInfo.InvariantCulture, "GET {0} from byte {1} -> {2}", MediaSource.Describe(address), part.ResumeAt,
                (int)answer.StatusCode));
            if (!IsRedirect(answer.StatusCode))
            {
                return answer;
            }

            using (answer)
            {
                address = Follow(address, answer.Headers.Location, hop);
            }
        }
    }

    private static HttpRequestMessage Build(MediaSource source, Uri address, PartFile part)
    {
        HttpRequestMessage message = new(HttpMethod.Get, address);
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (source.UserAgent is { } agent)
        {
            message.Headers.TryAddWithoutValidation("User-Agent", agent);
        }
        else
        {
            message.Headers.UserAgent.Add(HttpMessages.Agent);
        }

        if (part.ResumeAt > 0)
        {
            message.Headers.Range = new RangeHeaderValue(part.ResumeAt, null);
            message.Headers.IfRange = part.Validator.ToIfRange();
        }

        return message;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static Uri Follow(Uri from, Uri? location, int hop)
    {
        string? refusal = hop >= MostRedirects ? "it redirects too often"
            : location is null ? "it redirects to nowhere"
            : null;
        Uri next = refusal is null ? new Uri(from, location!) : from;
        bool allowed = next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);
        refusal ??= allowed ? null : "it redirects to an address that is not https";
        return refusal is null ? next : throw new SeedanceException(
            ErrorCode.ProtocolError,
            "The media host " + from.Host + " cannot be followed: " + refusal + ".") {
                RecommendedAction = "Ask for the job with Get-SeedanceJob -Refresh and save again." };
    }
}

using System.Net.Http.Headers;
using Seedance.Core.Tests.Jobs.Save;

namespace Seedance.Core.Tests.Downloads;

/// <summary>Downloads of one file from a host whose answers are scripted.</summary>
public abstract class ResumeSuite : IDisposable
{
    private protected SaveScene Scene { get; } = new();

    private protected MediaHost Host => Scene.Host;

    public void Dispose()
    {
        Scene.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected HttpResponseMessage Piece(int from, int to, int total)
    {
        var answer = Host.Answer(206, Host.Content[from..(to + 1)]);
        answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to, total);
        return answer;
    }

    private protected HttpResponseMessage With416(byte[] none, int total)
    {
        var answer = Host.Answer(416, none);
        answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(total);
        return answer;
    }
}

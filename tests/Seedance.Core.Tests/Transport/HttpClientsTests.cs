using Seedance.Accounts;
using Seedance.TestKit;
using Seedance.Transport;

namespace Seedance.Core.Tests.Transport;

public sealed class HttpClientsTests
{
    [Fact]
    public void For_ManyRequests_AsksForAHandlerOnceForEachHost()
    {
        int asked = 0;
        using HttpClients clients = new(_ =>
        {
            asked++;
            return new ScriptedHandler();
        });
        HttpClient first = clients.For(new Uri("https://acme.example/v1/tasks/1"), new NetworkSettings(), ownConnection: false);

        for (int i = 0; i < 10; i++)
        {
            Assert.Same(first, clients.For(new Uri("https://acme.example/v1/tasks/" + i), new NetworkSettings(), ownConnection: false));
        }

        Assert.NotSame(first, clients.For(new Uri("https://acme.example/v1/tasks"), new NetworkSettings(), ownConnection: true));
        Assert.NotSame(first, clients.For(new Uri("https://cdn.acme.example/v.mp4"), new NetworkSettings(), ownConnection: false));
        Assert.Equal(2, asked);
    }
}

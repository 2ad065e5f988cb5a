using System.Net;

namespace Seedance.Simulator.Tests;

public sealed class RequestRateTests
{
    [Fact]
    public async Task Get_MoreThanTheRate_Is429UntilTheBucketFills()
    {
        using SimulatorBench bench = new(new SimulatorOptions { RequestsPerSecond = 2 });

        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 3; i++)
        {
            answers.Add((await bench.Client.GetAsync("simulator/credits", SimulatorBench.Stop)).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
        using HttpResponseMessage refused = await bench.Client.GetAsync("simulator/credits", SimulatorBench.Stop);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(2, bench.Engine.Snapshot().RefusedByStatus[429]);

        bench.Clock.Advance(TimeSpan.FromMilliseconds(500));
        using HttpResponseMessage again = await bench.Client.GetAsync("simulator/credits", SimulatorBench.Stop);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }
}

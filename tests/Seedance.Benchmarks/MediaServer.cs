using System.Diagnostics;
using System.Text.Json;
using Seedance.CrashChild;
using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.Benchmarks;

/// <summary>A simulated host in a process of its own, so that whoever downloads has its own process to himself.</summary>
internal sealed class MediaServer : IDisposable
{
    private readonly Process _process;

    private MediaServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<MediaServer> StartAsync(long mediaBytes)
    {
        ProcessStartInfo start = new(
            ChildProcess.DotNet, [typeof(MediaServer).Assembly.Location, "serve", mediaBytes.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new MediaServer(process, new Uri(line));
    }

    public static int Serve(IReadOnlyList<string> args)
    {
        SimulatorEngine engine =
            new(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero,
            MediaBytes = long.Parse(args[0], CultureInfo.InvariantCulture) });
        using SimulatorServer server = SimulatorServer.Start(engine);
        Console.WriteLine(server.BaseUri);
        Console.In.ReadToEnd(); // Until the parent closes its end or dies.
        return 0;
    }

    /// <summary>The address of a video that is done.</summary>
    public async Task<Uri> MakeVideoAsync()
    {
        using HttpClient client = new() { BaseAddress = Address };
        using StringContent body = new("""{"model":"seedance-2.1","prompt":"a kite"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await client.PostAsync(new Uri("simulator/jobs", UriKind.Relative), body, CancellationToken.None);
        string id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        string job = await client.GetStringAsync(new Uri("simulator/jobs/" + id, UriKind.Relative));
        return new Uri(JsonDocument.Parse(job).RootElement.GetProperty("output").GetProperty("url").GetString()!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Seedance.TestKit;

namespace Seedance.Simulator.Tests.Review;

/// <summary>A headless Chromium that a test drives by the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    private const string Listening = "DevTools listening on ";
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly string _profile;
    private string? _session;
    private int _last;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>With a page of this size open at the address.</summary>
    public static async Task<Chromium> OpenAsync(string address, int width, int height, CancellationToken stop)
    {
        string profile = Directory.CreateTempSubdirectory("seedance-chromium-").FullName;
        ProcessStartInfo start = new(Find()!) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--no-first-run",
            "--disable-background-networking", "about:blank",
        })
        {
            start.ArgumentList.Add(argument);
        }

        Chromium browser = new(Process.Start(start)!, profile);
        string? line;
        while ((line = await browser._process.StandardError.ReadLineAsync(stop)) is not null
            && !line.Contains(Listening, StringComparison.Ordinal))
        {
        }

        _ = browser._process.StandardError.ReadToEndAsync(stop); // Or it would fill and hold the browser up.
        await browser._socket.ConnectAsync(new Uri((line ?? throw new IOException("The browser ended.")).Split(Listening)[1].Trim()), stop);
        JsonNode target = await browser.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, stop);
        JsonNode attached = await browser.SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, stop);
        browser._session = attached["sessionId"]!.GetValue<string>();
        await browser.SendAsync("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 }, stop);
        await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = address }, stop);
        await Outside.UntilAsync(() => browser.IsReadyAsync(stop));

        return browser;
    }

    /// <summary>What an expression comes to in the page, as text.</summary>
    public async Task<string> RunAsync(string expression, CancellationToken stop)
    {
        JsonObject asked = new() { ["expression"] = "Promise.resolve((async () => { " + expression + " })()).then(String)",
            ["awaitPromise"] = true, ["returnByValue"] = true, ["userGesture"] = true };
        JsonNode answer = await SendAsync("Runtime.evaluate", asked, stop);
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException(thrown.ToJsonString())
            : answer["result"]!["value"]!.GetValue<string>();
    }

    /// <summary>Waits in the page, by its own frames, until a condition holds.</summary>
    public Task UntilAsync(string condition, CancellationToken stop) => RunAsync(
        "const end = Date.now() + 60000; while (!(" + condition + ")) { if (Date.now() > end) throw new Error(`never: "
            + condition.Replace('`', '\'') + "`); await new Promise((next) => setTimeout(next, 30)); }", stop);

    /// <summary>A key as the keyboard sends it.</summary>
    public async Task PressAsync(string key, string? text, CancellationToken stop)
    {
        JsonObject down = new() { ["type"] = text is null ? "rawKeyDown" : "keyDown", ["key"] = key };
        if (text is not null)
        {
            down["text"] = text;
        }

        await SendAsync("Input.dispatchKeyEvent", down, stop);
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key }, stop);
    }

    /// <summary>The pointer over the middle of an element, and its button where it clicks.</summary>
    public async Task PointAsync(string element, bool clicks, CancellationToken stop)
    {
        string[] place =
            (await RunAsync("const box = " + element
            + ".getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]", stop)).Split(',');
        foreach (string type in clicks ? new[] { "mouseMoved", "mousePressed", "mouseReleased" } : ["mouseMoved"])
        {
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = double.Parse(place[0], CultureInfo.InvariantCulture),
                ["y"] = double.Parse(place[1], CultureInfo.InvariantCulture),
                ["button"] = type == "mouseMoved" ? "none" : "left",
                ["clickCount"] = type == "mouseMoved" ? 0 : 1,
            }, stop);
        }
    }

    /// <summary>A page that is being loaded takes its document away from whoever asks it.</summary>
    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            return await RunAsync(
                "await new Promise((next) => setTimeout(next, 30)); return document.documentElement?.dataset.ready !== undefined",
            stop) == "true";
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still write there.
        }
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters, CancellationToken stop)
    {
        int id = ++_last;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, stop);
        while (true)
        {
            JsonNode answer = JsonNode.Parse(await ReceiveAsync(stop))!;
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
            }
        }
    }

    private async Task<byte[]> ReceiveAsync(CancellationToken stop)
    {
        using MemoryStream whole = new();
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, stop);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return whole.ToArray();
    }
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Seedance.Downloads;

namespace Seedance.Jobs.Review;

/// <summary>
/// Serves one page and its files to this machine alone, until a choice is made. Behind a random token, since every account of the machine
/// can reach a loopback port; what changes anything is taken from the page itself only, since any web page can send to one.
/// </summary>
internal sealed class ReviewServer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lastAnswer = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ReviewPage _page;
    private readonly TimeProvider _time;
    private readonly Func<string, int?, CancellationToken, Task> _rate;
    private readonly List<string> _files = [];
    private readonly ReviewWindows _windows;
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource<IReadOnlyList<string>?> _choice = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _token = NewToken();
    private int _chosen;

    /// <summary><paramref name="rate"/> records a rating of a job; null takes it away.</summary>
    public ReviewServer(ReviewPage page, Func<string, int?, CancellationToken, Task> rate, TimeProvider time)
    {
        _page = page;
        _rate = rate;
        _time = time;
        _files.AddRange(page.Clips.SelectMany(clip => new[] { clip.File, clip.Poster }).OfType<string>());
        _windows = new ReviewWindows(time, () => _choice.TrySetResult(null));
        _listener.Start();
    }

    /// <summary>What is ticked in the page and not handed over yet.</summary>
    public IReadOnlyList<string> Ticked { get; private set; } = [];

    public Uri Address => new("http://127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture) + "/" + _token + "/");

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The ids that were chosen in the page, which may be none; null where its last window was closed without a choice.</summary>
    public async Task<IReadOnlyList<string>?> RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(_listener.Stop);
        Task accepting = AcceptAsync(stop);
        await Task.WhenAny(_choice.Task, accepting).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return await _choice.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _over.Cancel();
        _listener.Stop();
        _over.Dispose();
    }

    private static string NewToken()
    {
        byte[] bytes = new byte[24];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return FileHash.Text(bytes);
    }

    private async Task AcceptAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
#if NETSTANDARD2_0
                TcpClient client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
#else
                TcpClient client = await _listener.AcceptTcpClientAsync(stop).ConfigureAwait(false);
#endif
                _ = AnswerAsync(client, stop);
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or InvalidOperationException
            or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
            {
                _choice.TrySetException(
                    new SeedanceException(ErrorCode.Unexpected, "The review page cannot be served any more: " + error.Message, error));
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        using (CancellationTokenSource deadline = _time.Deadline(s_patience))
        using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token))
        {
            IReadOnlyList<string>? choice = null;
            try
            {
                Stream stream = client.GetStream();
                if (await ReviewRequest.ReadAsync(stream, either.Token).ConfigureAwait(false) is not { } request)
                {
                    return;
                }

                if (IsWindow(request))
                {
                    await _windows.HoldAsync(stream, _over.Token).ConfigureAwait(false);
                    return;
                }

                (ReviewAnswer answer, choice) = await JudgeAsync(request, stop).ConfigureAwait(false);
                await answer.WriteAsync(stream, ReviewPage.Policy(live: true), request.Method == "HEAD", stop).ConfigureAwait(false);
                client.Client.Shutdown(SocketShutdown.Send);
                if (choice is not null)
                {
                    using CancellationTokenSource last = _time.Deadline(s_lastAnswer);
                    await stream.ReadOrStopAsync(new byte[1], 0, 1, last.Token).ConfigureAwait(false); // Until the browser has it.
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException
                or UnauthorizedAccessException)
            {
                // The browser went away, as it does whenever a video is left, or the file did.
            }
            finally
            {
                if (choice is not null)
                {
                    _choice.TrySetResult(choice);
                }
            }
        }
    }

    /// <summary>The one request that a window keeps open for as long as it shows the page.</summary>
    private bool IsWindow(ReviewRequest request) =>
        request.Method == "GET" && IsOurs(request.Header("Host"), string.Empty) && SameText(request.Path, "/" + _token + "/window");

    private async Task<(ReviewAnswer Answer, IReadOnlyList<string>? Choice)> JudgeAsync(ReviewRequest request, CancellationToken stop)
    {
        string root = "/" + _token + "/";
        if (!IsOurs(request.Header("Host"), string.Empty) || request.Path.Length < root.Length
            || !SameText(request.Path.Substring(0, root.Length), root))
        {
            return (ReviewAnswer.Text(404, "There is nothing here."), null);
        }

        string what = request.Path.Substring(root.Length);
        if (request.Method is "GET" or "HEAD")
        {
            return (what.Length == 0
                ? ReviewAnswer.Page(_page.ForServer(_token, AddressOf, _time.GetUtcNow()))
                : OfFile(what, request.Header("Range")), null);
        }

        if (request.Method != "POST" || !IsOurs(request.Header("Origin"), "http://")
            || request.Header("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (ReviewAnswer.Text(403, "Only the page itself may do that."), null);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Body);
            return what switch
            {
                "rate" => (await RateAsync(document.RootElement, stop).ConfigureAwait(false), null),
                "tick" => (Tick(document.RootElement), null),
                "choose" => Choose(document.RootElement),
                _ => (ReviewAnswer.Text(404, "There is nothing here."), null),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return (ReviewAnswer.Text(400, "That is not what the page sends."), null);
        }
        catch (SeedanceException error)
        {
            return (ReviewAnswer.Text(500, error.Message), null);
        }
    }

    private async Task<ReviewAnswer> RateAsync(JsonElement body, CancellationToken stop)
    {
        int rating = body.GetProperty("rating").GetInt32();
        string? id = Known(body.GetProperty("id").GetString());
        if (id is null || rating is < 0 or > 5)
        {
            return ReviewAnswer.Text(400, "There is no such job or rating here.");
        }

        await _rate(id, rating == 0 ? null : rating, stop).ConfigureAwait(false);
        return ReviewAnswer.Text(200, "Recorded.");
    }

    private ReviewAnswer Tick(JsonElement body)
    {
        Ticked = Ids(body);
        return ReviewAnswer.Text(200, "Noted.");
    }

    private (ReviewAnswer Answer, IReadOnlyList<string>? Choice) Choose(JsonElement body)
    {
        string[] ids = Ids(body);
        return Interlocked.Exchange(ref _chosen, 1) == 0
            ? (ReviewAnswer.Text(200, "Handed over."), ids)
            : (ReviewAnswer.Text(410, "The choice was made already."), null);
    }

    private string[] Ids(JsonElement body) =>
        [.. body.GetProperty("ids").EnumerateArray().Select(id => Known(id.GetString()) ?? throw new FormatException())];

    private string? Known(string? id) => _page.Clips.FirstOrDefault(clip => clip.Job.Id == id)?.Job.Id;

    private string AddressOf(string file) =>
        "clip/" + _files.IndexOf(file).ToString(CultureInfo.InvariantCulture) + Path.GetExtension(file).ToLowerInvariant();

    private ReviewAnswer OfFile(string what, string? range)
    {
        string? file = _files.Find(known => AddressOf(known) == what);
        return file is null ? ReviewAnswer.Text(404, "There is nothing here.") : ReviewAnswer.OfFile(file, TypeOf(what), range);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".webm" => "video/webm",
        ".mkv" => "video/x-matroska",
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => "video/mp4", // Browsers play a QuickTime film under this name only.
    };

    /// <summary>A name that leads here by another way, as a hostile one may, is not ours.</summary>
    private bool IsOurs(string? value, string scheme)
    {
        string port = ":" + Port.ToString(CultureInfo.InvariantCulture);
        return value == scheme + "127.0.0.1" + port || value == scheme + "localhost" + port;
    }

    /// <summary>In the same time wherever they differ.</summary>
    private static bool SameText(string one, string other)
    {
        int differs = one.Length ^ other.Length;
        for (int i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            differs |= one[i] ^ other[i];
        }

        return differs == 0;
    }
}

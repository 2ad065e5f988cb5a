using Seedance.Accounts;
using Seedance.Core.Tests.Downloads;
using Seedance.Core.Tests.Providers;
using Seedance.Core.Tests.Seams;
using Seedance.Jobs.Callbacks;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Submit;
using Seedance.Money;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Core.Tests.Fuzz;

/// <summary>
/// Operations against one provider's host that answers as it likes. A case is known by its number alone, so that one can be run again by
/// itself.
/// </summary>
internal sealed class FuzzRun : IDisposable
{
    private const int Seed = 20260301;
    private const string Key = "canary-key/0123456789+=abcdef";
    private static readonly string[] s_movies = [Encoding.Latin1.GetString(Movie.Make(600, 7)), "{\"error\":\"gone\"}"];
    private static readonly Dictionary<string, string> s_noNotes = [];
    private static readonly TimeSpan s_longerThanAPause = TimeSpan.FromDays(2); // That the host of the case before may have asked for.
    private readonly ScriptedHandler _network = new();
    private readonly FuzzStore _store;
    private readonly RestlessTimeProvider _time = new();
    private readonly TestServices _kit;
    private readonly Account _account;
    private readonly JobLookup _lookup;
    private readonly string[] _documents;
    private readonly List<Func<RecordingOutput, Random, Task<object?>>> _operations;
    private readonly List<SubmitReading?> _posts = [];

    public FuzzRun(string provider, string transcripts)
    {
        (IJobStore store, _store) = FuzzStore.Make();
        string home = Path.Combine(
            Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "seedance-fuzz-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(home);
        _kit = new TestServices(_network, _time, home, _ => store);
        IProviderAdapter adapter = ProviderRegistry.Find(provider)!;
        _account = new Account(adapter, adapter.Provider.BaseUri, Key, Key) { Concurrency = 1000 };
        _lookup = new JobLookup(_kit.Services, (_, _) => null, apiKey: null, [_account]);
        _documents = [.. WireText.Transcripts(transcripts).Select(File.ReadAllText)];
        _operations = [SubmitAsync, SubmitAsync, PollAsync, PollAsync, CallbackAsync];
        _operations.AddRange(adapter is IListsJobs ? [ListAsync] : []);
        _operations.AddRange(adapter is IReportsCredits ? [BalanceAsync] : []);
        _operations.AddRange(adapter is IUploadsMedia ? [UploadAsync] : []);
    }

    public List<string> Wrong { get; } = [];

    public int Errors { get; private set; }

    public int Results { get; private set; }

    public void Dispose() => _kit.Dispose();

    public async Task RunAsync(int from, int count)
    {
        for (int number = from; number < from + count && Wrong.Count < 10; number++)
        {
            await CaseAsync(number).ConfigureAwait(false);
        }
    }

    private async Task CaseAsync(int number)
    {
        _time.Pass(TimeSpan.FromHours(2)); // Longer than a host is left alone for what it answered to the case before.
        Random random = new(Seed + number);
        await Task.Delay(s_longerThanAPause, _kit.Services.Time).ConfigureAwait(false);
        DateTimeOffset now = _kit.Services.Time.GetUtcNow();
        bool media = number % 64 == 63;
        _store.Record = new StoredJob(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = _account.Provider,
            Endpoint = _account.BaseUri,
            Model = "seedance-2-mini",
            WireModel = "bytedance/seedance/v1",
            ProviderJobId = "id-1",
            State = media ? JobStatus.Succeeded : JobStatus.Running,
            Outputs = media ? [new JobOutput { Url = new Uri("https://cdn.example/v.mp4") }] : [],
            CreatedAt = now,
            SubmittedAt = now,
        })
        {
            Notes = new Dictionary<string, string> { ["response_url"] = "https://queue.fal.run/a/b/requests/id",
                ["status_url"] = "https://queue.fal.run/a/b/requests/id/status" },
        };
        _posts.Clear();
        _network.Forget();
        _network.Otherwise = request => Answer(request, random);
        RecordingOutput output = new();
        Exception? thrown = null;
        object? more = null;
        try
        {
            more = media
                ? await SaveAsync(output).ConfigureAwait(false)
                : await _operations[number % _operations.Count](output, random).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever comes is what this looks for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            thrown = error;
        }

        Errors += output.Errors.Count + (thrown is null ? 0 : 1);
        Results += output.Jobs.Count + (more is null ? 0 : 1);
        Wrong.AddRange(
            FuzzCheck.Wrongs(output, thrown, _store.Record, more, Key).Select(wrong => _account.Provider + " " + number + ": " + wrong));
        if (_posts.SkipLast(1).Any(reading => reading?.ProviderJobId is not null))
        {
            Wrong.Add(_account.Provider + " " + number + ": sent again after an answer that named a job");
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, Random random)
    {
        bool media = request.RequestUri!.Host == "cdn.example";
        HttpResponseMessage answer = FuzzedAnswer.Make(random, media ? s_movies : _documents, Key);
        if (request.RequestUri.AbsolutePath.EndsWith("/submit", StringComparison.Ordinal))
        {
            _posts.Add(Read(answer));
        }

        return answer;
    }

    /// <summary>What a reader without any guard makes of it.</summary>
    private SubmitReading? Read(HttpResponseMessage answer)
    {
        try
        {
            using MemoryStream bytes = new();
            answer.Content.CopyTo(bytes, context: null, CancellationToken.None);
            return _account.Adapter.ReadSubmit(new WireResponse { Status = (int)answer.StatusCode, Bytes = bytes.ToArray() });
        }
        catch (SeedanceException)
        {
            return null;
        }
    }

    private async Task<object?> SubmitAsync(RecordingOutput output, Random random)
    {
        SubmitSender sender = new(_kit.Services.Client);
        _store.Record = _store.Record with { Job = _store.Record.Job with { ProviderJobId = null, State = JobStatus.Submitting },
            Notes = s_noNotes, IsUnsent = true };
        WireRequest request = WireRequest.Post("submit", new System.Text.Json.Nodes.JsonObject { ["prompt"] = "p" });
        SubmitIntent intent = new(_kit.Services.Store, _store.Record.Job.Id);
        SubmitAttempt attempt = await sender.SendAsync(_account, request, _store.Record.Job, intent,
            new SubmitOptions { SlotTimeout = TimeSpan.FromMinutes(2) }, output, CancellationToken.None).ConfigureAwait(false);
        if (attempt.Error is { } error)
        {
            output.Error(error);
        }

        return attempt.Reading is { } reading && attempt.Outcome == SubmitOutcome.Accepted
            ? string.Join("\n",
                [reading.ProviderJobId, .. reading.Notes?.Values ?? [], reading.Update?.Error?.Message,
                .. reading.Update?.Outputs.Select(file => file.Url?.AbsoluteUri) ?? []])
            : null;
    }

    private async Task<object?> PollAsync(RecordingOutput output, Random random)
    {
        await new GetJobs(_kit.Services, _lookup)
            .ByIdAsync(new JobReference(_store.Record.Job.Id), refresh: true, output, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private async Task<object?> ListAsync(RecordingOutput output, Random random)
    {
        await new ListAtProvider(_kit.Services).RunAsync(_account, 5, output, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private async Task<object?> BalanceAsync(RecordingOutput output, Random random)
    {
        await GetCredits.RunAsync(_kit.Services, _account, output, CancellationToken.None).ConfigureAwait(false);
        return string.Join("\n", output.Of("output").Cast<SeedanceCredits>().Select(pool => pool.Pool + " " + pool.Unit));
    }

    private async Task<object?> UploadAsync(RecordingOutput output, Random random)
    {
        string path = Path.Combine(_kit.Home, "a.png");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, Movie.Png());
        }

        IUploadsMedia uploads = (IUploadsMedia)_account.Adapter;
        WireResponse answer = await _kit.Services.Client.AskAsync(
            _account, uploads.BuildUpload(path, "image/png"), ProviderCall.Upload(path), output, CancellationToken.None)
                .ConfigureAwait(false);
        return answer.Read(uploads.ReadUpload)?.AbsoluteUri;
    }

    private async Task<object?> CallbackAsync(RecordingOutput output, Random random)
    {
        ReceivedCallback callback = new() { Body = FuzzedAnswer.Body(random, _documents, "not-a-key"),
            Provider = random.Next(2) == 0 ? _account.Provider : null };
        await new ReceiveCallback(_kit.Services, _lookup).RunAsync(callback, output, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private async Task<object?> SaveAsync(RecordingOutput output)
    {
        SaveJobOptions options = new() { Destination = Path.Combine(_kit.Home, "videos"), Force = true, Sidecar = false };
        await new SaveJobs(_kit.Services, _lookup).RunAsync(new JobReference(_store.Record.Job.Id), options, output, CancellationToken.None)
            .ConfigureAwait(false);
        foreach (string file in Directory.Exists(options.Destination) ? Directory.GetFiles(options.Destination) : [])
        {
            File.Delete(file);
        }

        return null;
    }
}

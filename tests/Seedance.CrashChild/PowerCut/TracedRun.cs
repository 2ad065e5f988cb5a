using System.Net;
using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Store;

namespace Seedance.CrashChild.PowerCut;

/// <summary>A script's run, recorded; then what the same script does on each disk that a power cut may have left of it.</summary>
/// <param name="root">Holds the state folder and the videos, and nothing else.</param>
/// <param name="simulator">The host of the recorded run.</param>
/// <param name="jobs">How many the script makes.</param>
internal sealed class TracedRun(string root, Uri simulator, int jobs)
{
    private const string Prompt = "a kite over cliffs";
    private const string Token = "row";
    private const string Profile = "studio";

    /// <summary>In memory where there is a place for it: hundreds of disks are written, and none has to last.</summary>
    public static string Folder() => Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory("/dev/shm/seedance-cut-" + Guid.NewGuid().ToString("N")).FullName
        : Directory.CreateTempSubdirectory("seedance-cut-").FullName;

    private string Home => Path.Combine(root, "state");

    /// <summary>Makes the jobs, and saves them where it is told to.</summary>
    public async Task<RecordedRun> RecordAsync(bool save, CancellationToken stop)
    {
        new ProfileStore(Home).Save(new SeedanceProfile { Name = Profile, Provider = "Simulator", Concurrency = 1000 });
        SortedDictionary<string, byte[]?> before = Files(withFolders: true);
        string log = root + ".trace";
        string[] command = [ChildProcess.DotNet, ChildProcess.Program, save ? "run" : "submit", "--prompt", Prompt, "--token", Token,
            "--profile", Profile, "--count", jobs.ToString(CultureInfo.InvariantCulture), "--real-time", "yes", "--to",
        Path.Combine(root, "videos")];
        using ChildProcess child = ChildProcess.Start(DiskTrace.Program!, [.. DiskTrace.Arguments(log), .. command], Home, simulator);
        await child.EndAsync(stop).ConfigureAwait(false);
        IReadOnlyList<TraceEvent> trace = DiskTrace.Read(log, root, Prompt);
        File.Delete(log);
        return new RecordedRun(root, trace, before, Files(withFolders: false));
    }

    /// <summary>What is on this machine's disk, without the index that the database maps into memory.</summary>
    private SortedDictionary<string, byte[]?> Files(bool withFolders) => new(
        Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && (withFolders || File.Exists(path)))
            .ToDictionary(path => path, path => File.Exists(path) ? File.ReadAllBytes(path) : null),
        StringComparer.Ordinal);

    /// <summary>The same script once more; what it got wrong, in words.</summary>
    /// <param name="cut">What it finds.</param>
    /// <param name="whole">The run that was not cut.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<PowerCutVerdict> RunAgainAsync(PowerCutDisk cut, RecordedRun whole, CancellationToken stop)
    {
        Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
        cut.Restore();
        using Refusing network = new();
        Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase) { ["SEEDANCE_HOME"] = Home,
            ["SEEDANCE_SIMULATOR_URL"] = new Uri(simulator, "simulator").AbsoluteUri };
        using SqlJobStore store = new(new SqliteEngine(Home));
        using SeedanceServices services = new(name => variables.GetValueOrDefault(name), TimeProvider.System, _ => network, _ => store);
        List<string> lost = [], lies = [];
        try
        {
            Account account = services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Profile = Profile });
            for (int i = 0; i < jobs; i++)
            {
                string number = jobs == 1 ? string.Empty : FormattableString.Invariant($" {i + 1}");
                PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest { Prompt = Prompt + number });
                SubmitOptions how = new() { ClientToken = Token + number, ContinueUnconfirmed = true, SlotTimeout = TimeSpan.Zero };
                await new SubmitVideo(services)
                    .RunAsync(SubmitRow.Of(prepared, how), new ChildOutput(everything: false, say: static _ => { }), stop)
                    .ConfigureAwait(false);
            }

            List<StoredJob> records = [];
            await foreach (StoredJob record in store.ListAsync(JobScope.All, error => lost.Add(error.Message), stop).ConfigureAwait(false))
            {
                records.Add(record);
            }

            int known = records.Count(record => record.Job.ProviderJobId is not null || record.Job.State == JobStatus.Unconfirmed);
            if (known < cut.Sent)
            {
                lost.Add(FormattableString.Invariant($"{cut.Sent} had left and {known} are known"));
            }

            lost.AddRange(cut.Said.Select(ChildJob.Read)
                .Where(said => !records.Exists(record => record.Job.Id == said.Id && record.Job.ProviderJobId == said.ProviderJobId))
                    .Select(said => said.Id + " was made and is gone"));
            lies.AddRange(records.SelectMany(record => record.Job.Outputs).Select(output => output.Path)
                .Concat(cut.Said.Select(line => ChildJob.Read(line).Path)).OfType<string>().Distinct(StringComparer.Ordinal)
                .Where(path => !whole.After.TryGetValue(path, out byte[]? content) || !File.Exists(path)
                    || !content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
                .Select(path => path + " is said to be saved and is not whole"));
        }
        catch (SeedanceException error)
        {
            lost.Add(error.Message);
        }

        return new PowerCutVerdict(Math.Max(0, network.Submits + cut.Sent - jobs), network.Submits,
            [.. lost.Select(text => cut.How + ": " + text)], [.. lies.Select(text => cut.How + ": " + text)]);
    }

    /// <summary>A host that takes nothing and counts what it was sent.</summary>
    private sealed class Refusing : HttpMessageHandler
    {
        public int Submits { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Submits += request.Method == HttpMethod.Post ? 1 : 0;
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.BadRequest) {
                Content = new StringContent("""{"error":"no"}""", Encoding.UTF8, "application/json") });
        }
    }
}

/// <summary>What came of a power cut.</summary>
/// <param name="Repeated">Submits beyond one for each job.</param>
/// <param name="Sent">Submits of the second run.</param>
/// <param name="Lost">Jobs that may be paid for and to which nothing leads, or that cannot be read.</param>
/// <param name="Lies">Files that are said to be there and are not, or not whole.</param>
internal sealed record PowerCutVerdict(int Repeated, int Sent, IReadOnlyList<string> Lost, IReadOnlyList<string> Lies);

/// <summary>A run's calls, and what was in the folder before and after it.</summary>
internal sealed record RecordedRun(
    string Root, IReadOnlyList<TraceEvent> Trace, SortedDictionary<string, byte[]?> Before, SortedDictionary<string, byte[]?> After);

using System.Text.RegularExpressions;
using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Jobs.Query;

/// <summary>
/// Who does what an error recommends gets further: no advice leads back to itself, and one of its ways ends without an error.
/// </summary>
public sealed class AdviceTests
{
    private const string TheirId = "p-77";
    private const int Furthest = 4;

    public static TheoryData<string> Providers => [.. ProviderRegistry.Names.Where(name => name != "Simulator")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Unconfirmed_JobIsAtTheHost_EveryWayGetsFurtherAndOneEnds(string provider) =>
        Assert.True(await LeadsOutAsync(() => Scene.Create(provider, JobStatus.Unconfirmed), "Resolve-SeedanceJob -Id {id}"));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Unconfirmed_IdThatTheHostDoesNotKnow_IsNotToBeTriedAgain(string provider) =>
        Assert.True(await LeadsOutAsync(() => Scene.Create(provider, JobStatus.Unconfirmed, knows: false), "Resolve-SeedanceJob -Id {id}"));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Adopt_JobMadeElsewhere_LeadsToItsRecord(string provider) =>
        Assert.True(await LeadsOutAsync(
            () => Scene.Create(provider, status: null), $"Get-SeedanceJob -Provider {provider} -ProviderJobId {TheirId}"));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Refresh_JobThatItsHostHasForgotten_GetsFurther(string provider) =>
        Assert.True(await LeadsOutAsync(
            () => Scene.Create(provider, JobStatus.Running, knows: false), "Get-SeedanceJob -Id {id} -Refresh"));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Stop_RunningJob_GetsFurther(string provider) =>
        Assert.True(await LeadsOutAsync(() => Scene.Create(provider, JobStatus.Running), "Stop-SeedanceJob -Id {id}"));

    [Theory]
    [InlineData(JobStatus.Unconfirmed)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Succeeded)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    public async Task WaitAndSaveAndRemove_JobAsItStands_GetFurther(JobStatus status)
    {
        foreach (string provider in (string[])["Muapi", "Fal", "Replicate", "ModelsLab"])
        {
            Assert.True(await LeadsOutAsync(() => Scene.Create(provider, status), "Wait-SeedanceJob -Id {id}"));
            Assert.True(await LeadsOutAsync(() => Scene.Create(provider, status), "Save-SeedanceVideo -Id {id}"));
            Assert.True(await LeadsOutAsync(() => Scene.Create(provider, status), "Remove-SeedanceJob -Id {id}"));
        }
    }

    /// <summary>Whether some way ends well. Each way is walked on a state folder of its own, since what it does stays done.</summary>
    private static async Task<bool> LeadsOutAsync(Func<Task<Scene>> make, params string[] walked)
    {
        using Scene scene = await make();
        foreach (string command in walked)
        {
            scene.Output.Clear();
            await scene.RunAsync(command);
        }

        if (scene.Output.Errors.Count == 0 || scene.Output.Errors[0].Code == ErrorCode.WaitTimeout)
        {
            return true; // What still runs has time on its side.
        }

        SeedanceException error = Assert.Single(scene.Output.Errors);
        Assert.False(string.IsNullOrWhiteSpace(error.RecommendedAction), error.Message);
        string[] next = [.. Scene.CommandsIn(error).Select(scene.WithoutId)];
        Assert.DoesNotContain(walked[^1], next);
        Assert.True(walked.Length < Furthest, "No end after " + string.Join(" -> ", walked));
        bool leadsOut = next.Length == 0; // Words that name no command are for a person to act on.
        foreach (string command in next)
        {
            leadsOut |= await LeadsOutAsync(make, [.. walked, command]);
        }

        return leadsOut;
    }

    private sealed class Scene : IDisposable
    {
        private static readonly Regex s_command = new(
            @"(?:(?:Get|Resolve|Stop|Wait|Remove)-SeedanceJob|(?:Save|New)-SeedanceVideo)"
                + @"(?: -[A-Z][A-Za-z]+(?: (?!-)(?:<[^>]+>|[\w/.-]*[\w/-]))?)+", RegexOptions.None, TimeSpan.FromSeconds(1));

        private readonly ScriptedHandler _network = new();
        private readonly TestServices _kit;
        private readonly Account _account;
        private readonly bool _knows;
        private string _id = string.Empty;

        private Scene(string provider, bool knows)
        {
            _knows = knows;
            _network.Otherwise = Answer;
            _kit = new TestServices(_network);
            _account = TestServices.Account(ProviderRegistry.Find(provider)!);
        }

        public RecordingOutput Output => _kit.Output;

        private JobLookup Lookup => new(_kit.Services, (_, _) => null, apiKey: null, [_account]);

        public static async Task<Scene> Create(string provider, JobStatus? status, bool knows = true)
        {
            Scene scene = new(provider, knows);
            if (status is not { } stands)
            {
                return scene;
            }

            DateTimeOffset now = scene._kit.Time.GetUtcNow();
            scene._id = JobId.Create(now);
            SeedanceJob job = new()
            {
                Id = scene._id, Provider = provider, Endpoint = scene._account.BaseUri, Model = "seedance-2.0",
                WireModel = "bytedance/seedance-2.0/text-to-video", Prompt = "a kite",
                ProviderJobId = stands == JobStatus.Unconfirmed ? null : TheirId, State = stands, CreatedAt = now, SubmittedAt = now,
            };
            await scene._kit.Services.Store.AddAsync(new StoredJob(job), Stop);
            scene._kit.Time.Advance(TimeSpan.FromMinutes(10));
            return scene;
        }

        /// <summary>Each scene has an id of its own, and the same command must be told for the same.</summary>
        public string WithoutId(string command) => _id.Length == 0 ? command : command.Replace(_id, "{id}", StringComparison.Ordinal);

        public static string[] CommandsIn(SeedanceException error) =>
        [
            .. s_command.Matches(error.RecommendedAction!)
                .Select(match => Regex.Replace(match.Value, "<[^>]*>", TheirId, RegexOptions.None, TimeSpan.FromSeconds(1)))
                .Distinct(StringComparer.Ordinal),
        ];

        public async Task RunAsync(string command)
        {
            Dictionary<string, string> given = Regex.Matches(
                command, @" -(?<name>\w+)(?: (?!-)(?<value>\S+))?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
            JobReference job = new(_id);
            switch (command.Split(' ')[0], given.ContainsKey("Provider"))
            {
                case ("Resolve-SeedanceJob", _):
                    ResolveOptions options = new() { ProviderJobId = given.GetValueOrDefault("ProviderJobId"),
                        Abandon = given.ContainsKey("Abandon"), Force = given.ContainsKey("Force") };
                    await new ResolveJobs(_kit.Services, Lookup).RunAsync(job, options, Output, Stop);
                    break;
                case ("Get-SeedanceJob", true):
                    await new AdoptJob(_kit.Services)
                        .RunAsync(_account, given["ProviderJobId"], given.GetValueOrDefault("WireModel"), Output, Stop);
                    break;
                case ("Wait-SeedanceJob", _):
                    using (WaitForJobs wait = new(_kit.Services, Lookup, new WaitOptions { Timeout = TimeSpan.Zero }))
                    {
                        await wait.AddAsync(job, Output, Stop);
                        await wait.FinishAsync(Output, Stop);
                    }

                    break;
                case ("Save-SeedanceVideo", _):
                    SaveJobOptions save = new() { Destination = Path.Combine(_kit.Home, "videos") };
                    await new SaveJobs(_kit.Services, Lookup).RunAsync(job, save, Output, Stop);
                    break;
                case ("Remove-SeedanceJob", _):
                    await new RemoveJobs(_kit.Services)
                        .ByIdAsync(job, new RemoveOptions { Force = given.ContainsKey("Force") }, Output, Stop);
                    break;
                case ("New-SeedanceVideo", _):
                    break; // A new charge, for a person to decide about.
                case ("Stop-SeedanceJob", _):
                    await new StopJob(_kit.Services, Lookup).RunAsync(job, Output, Stop);
                    break;
                default:
                    await new GetJobs(_kit.Services, Lookup).ByIdAsync(job, refresh: true, Output, Stop);
                    break;
            }
        }

        public void Dispose()
        {
            _kit.Dispose();
            _network.Dispose();
        }

        /// <summary>
        /// A host that knows the job, at the last of the places where it may be asked for; its list is empty, and it cancels nothing.
        /// </summary>
        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            string path = request.RequestUri!.AbsolutePath;
            bool isFirstPlace = path.EndsWith("/v1/executions/" + TheirId, StringComparison.Ordinal)
                || path.Contains("/video-fusion/fetch/", StringComparison.Ordinal);
            if (request.Method == HttpMethod.Delete || path.EndsWith("/cancel", StringComparison.Ordinal))
            {
                return ScriptedHandler.Response(400, """{"detail":"too late"}""");
            }

            if (!path.Contains(TheirId, StringComparison.Ordinal) && !request.RequestUri.Query.Contains(TheirId, StringComparison.Ordinal))
            {
                return path.EndsWith("/fetch", StringComparison.Ordinal)
                    ? ScriptedHandler.Response(404, "{}")
                    : ScriptedHandler.Response(200, """{"items":[],"results":[],"data":[],"total":0}""");
            }

            string word = _account.Provider switch { "Fal" => "IN_PROGRESS",
                "Wireflow" or "Apiyi" or "BytePlus" or "Volcengine" => "RUNNING", _ => "PROCESSING" };
            return !_knows || isFirstPlace ? ScriptedHandler.Response(404, """{"message":"not found"}""")
                : ScriptedHandler.Response(200, $$"""{"id":"{{TheirId}}","status":"{{word}}"}""");
        }
    }
}

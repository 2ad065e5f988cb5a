using Seedance.Accounts;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Records;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Accounts;

/// <summary>The key of now goes to the provider's own address or to the one that the account names now, whatever a record says.</summary>
public sealed class MovedAddressTests : IDisposable
{
    private const string Key = "muapi-canary-key-0123456789";
    private readonly ScriptedHandler _network = new() { Otherwise = _ => ScriptedHandler.Response(200, """{"status":"processing"}""") };
    private readonly TestServices _kit;

    public MovedAddressTests()
    {
        _kit = new TestServices(_network);
        _kit.Variables["MUAPI_API_KEY"] = Key;
        _kit.Variables["SEEDANCE_MUAPI_URL"] = "https://new.example/muapi";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("https://new.example/muapi", true)]
    [InlineData("https://new.example/another/path", true)]
    [InlineData("https://api.muapi.ai/api/v1", true)]
    [InlineData("https://old.example/muapi", false)]
    [InlineData("https://api.muapi.ai:8443/api/v1", false)]
    [InlineData("https://api.muapi.ai.evil.example/api/v1", false)]
    [InlineData("http://127.0.0.1:8800/muapi", false)]
    public void AccountOf_RecordOfAnAddress_TakesTheKeyOnlyWhereTheAccountSendsItNow(string address, bool goes)
    {
        SeedanceJob job = Job(new Uri(address));

        SeedanceException? error = Record.Exception(() => Lookup().AccountOf(job)) as SeedanceException;

        Assert.Equal(goes, error is null);
        if (!goes)
        {
            Assert.Equal(ErrorCode.InvalidProfile, error!.Code);
            Assert.Contains(address, error.Message, StringComparison.Ordinal);
            Assert.Contains("https://new.example/muapi", error.Message, StringComparison.Ordinal);
            Assert.Contains("$env:SEEDANCE_MUAPI_URL = '" + address + "'", error.RecommendedAction!, StringComparison.Ordinal);
            _kit.Variables["SEEDANCE_MUAPI_URL"] = address;
            Assert.Equal(new Uri(address), Lookup().AccountOf(job).BaseUri);
        }
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("wait")]
    [InlineData("save")]
    [InlineData("stop")]
    [InlineData("resolve")]
    public async Task Command_RecordOfAnotherAddress_SendsNothing(string command)
    {
        SeedanceJob job = Job(new Uri("https://old.example/muapi")) with
        {
            State = command switch { "save" => JobStatus.Succeeded, "resolve" => JobStatus.Unconfirmed, _ => JobStatus.Running },
            ProviderJobId = command == "resolve" ? null : "req_1",
        };
        await _kit.Services.Store.AddAsync(new StoredJob(job), Stop);
        JobReference reference = new(job.Id);
        await (command switch
        {
            "refresh" => new GetJobs(_kit.Services, Lookup()).ByIdAsync(reference, refresh: true, _kit.Output, Stop),
            "wait" => WaitAsync(reference),
            "save" => new SaveJobs(_kit.Services, Lookup())
                .RunAsync(reference, new SaveJobOptions { Destination = _kit.Home }, _kit.Output, Stop),
            "stop" => new StopJob(_kit.Services, Lookup()).RunAsync(reference, _kit.Output, Stop),
            _ => new ResolveJobs(_kit.Services, Lookup())
                .RunAsync(reference, new ResolveOptions { ProviderJobId = "req_1" }, _kit.Output, Stop),
        });

        Assert.Equal(ErrorCode.InvalidProfile, Assert.Single(_kit.Output.Errors).Code);
        Assert.Empty(_network.Requests);
    }

    [Theory]
    [InlineData("https://user:secret@gateway.example/muapi")]
    [InlineData("http://user:secret@127.0.0.1/muapi")]
    [InlineData("http://user:secret@gateway.example/muapi")]
    public void Resolve_AddressWithAPasswordInTheVariable_IsRefusedAsInAProfileAndNotShown(string address)
    {
        _kit.Variables["SEEDANCE_MUAPI_URL"] = address;

        SeedanceException error =
            Assert.Throws<SeedanceException>(
            () => _kit.Services.Accounts((_, _) => null).Resolve(new AccountSelection { Provider = "Muapi" }));

        Assert.Equal(ErrorCode.InvalidProfile, error.Code);
        Assert.DoesNotContain("secret", error.Message + error.RecommendedAction, StringComparison.Ordinal);
    }

    private JobLookup Lookup() => new(_kit.Services, (_, _) => null, apiKey: null);

    private async Task WaitAsync(JobReference reference)
    {
        using WaitForJobs wait = new(_kit.Services, Lookup(), new WaitOptions());
        await wait.AddAsync(reference, _kit.Output, Stop);
    }

    private SeedanceJob Job(Uri address) => new()
    {
        Id = JobId.Create(_kit.Time.GetUtcNow()),
        Provider = "Muapi",
        Endpoint = address,
        Model = "seedance-2-mini",
        WireModel = "seedance-2-mini-t2v",
        ProviderJobId = "req_1",
        State = JobStatus.Running,
        CreatedAt = _kit.Time.GetUtcNow(),
        SubmittedAt = _kit.Time.GetUtcNow(),
    };
}

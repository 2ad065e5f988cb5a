using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Store;

namespace Seedance.TestKit;

/// <summary>Real services over a state folder of their own, a scripted network and a clock that the test moves.</summary>
internal sealed class TestServices : IDisposable
{
    public const string Key = "acme-canary-key-0123456789";

    public TestServices(HttpMessageHandler network, TimeProvider? time = null, string? home = null, Func<string, IJobStore>? store = null)
    {
        Home = home ?? Directory.CreateTempSubdirectory("seedance-test-").FullName;
        Time = time as ManualTimeProvider ?? new ManualTimeProvider();
        Variables["SEEDANCE_HOME"] = Home;
        SqliteEngine engine = new(Home, time ?? Time);
        (IJobStore counted, CountedStore count) = CountedStore.Around(store?.Invoke(Home) ?? new SqlJobStore(engine), Time.Changed);
        Time.IsAtRest = () => count.UnderWay == 0;
        Services = new SeedanceServices(
            name => Variables.TryGetValue(name, out string? value) ? value : null, time ?? Time, _ => network, _ => counted,
            store is null ? new SqlTraceStore(engine) : null);
    }

    public string Home { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ManualTimeProvider Time { get; }

    public SeedanceServices Services { get; }

    public RecordingOutput Output { get; } = new();

    /// <summary>The tables of its store.</summary>
    public SqliteBench Rows => new(Home);

    public static Account Account(IProviderAdapter? adapter = null)
    {
        IProviderAdapter chosen = adapter ?? new AcmeAdapter();
        return new Account(chosen, chosen.Provider.BaseUri, Key) { Concurrency = chosen.Provider.Concurrency };
    }

    public void Dispose()
    {
        Services.Dispose();
        for (int attempt = 0; Directory.Exists(Home); attempt++)
        {
            try
            {
                Directory.Delete(Home, recursive: true);
            }
            catch (IOException) when (attempt < 100)
            {
                // A poll that was under way still records its answer.
            }
        }
    }
}

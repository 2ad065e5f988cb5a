using Seedance.Core.Tests.Conformance;
using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

/// <summary>What users read of each provider is what its adapter does.</summary>
public sealed class ProviderTablesTests
{
    private static readonly string s_topic = Text("module", "en-US", "about_Seedance_Providers.help.txt");
    private static readonly string s_readme = Text("README.md");

    public static TheoryData<string> Names => [.. ProviderRegistry.Names];

    /// <summary>The simulator has no address of its own.</summary>
    public static TheoryData<string> Hosts => [.. ProviderRegistry.Names.Where(name => name != "Simulator")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Topic_Providers_HasTheKeyTheFilesAndTheJobsInFlight(string name)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(name)!;
        string[] row = Row("PROVIDERS", name);

        Assert.Equal(adapter.Provider.KeyVariable ?? "none", row[1]);
        Assert.Equal(LocalFiles(adapter, "in message"), row[3]);
        Assert.Equal(adapter.Provider.Concurrency.ToString(CultureInfo.InvariantCulture), row[4]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Topic_BeyondVideos_SaysWhatTheAdapterCan(string name)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(name)!;
        string[] row = Row("What each can do", name);

        Assert.Equal(adapter is IReportsCredits, row[1] != "no");
        Assert.Equal(adapter is ICancelsJobs, row[2] != "no");
        Assert.Equal(adapter is IListsJobs, row[3] != "no");
        Assert.Equal(adapter is IReadsCallbacks, row[4] != "no");
        Assert.Equal(adapter is IVerifiesCallbacks, row[4] == "signed");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Topic_BaseAddresses_AreTheAdapters(string name)
    {
        ProviderInfo provider = ProviderRegistry.Find(name)!.Provider;

        Assert.Equal(provider.BaseUri.AbsoluteUri.TrimEnd('/'), Row("Base addresses:", name)[1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Readme_Table_HasTheKeyAndTheFiles(string name)
    {
        IProviderAdapter adapter = ProviderRegistry.Find(name)!;
        string line = Assert.Single(s_readme.Split('\n'), line => line.StartsWith("| " + name + " |", StringComparison.Ordinal));
        string[] row = [.. line.Split('|').Select(static cell => cell.Trim('`', ' '))];

        Assert.Equal(adapter.Provider.KeyVariable ?? "none", row[3]);
        Assert.Equal(LocalFiles(adapter, "in the message"), row[4]);
    }

    [Theory]
    [InlineData("Get-SeedanceCredits.md", "The unit is what the provider names", typeof(IReportsCredits))]
    [InlineData("ConvertFrom-SeedanceCallback.md", " call back; ", typeof(IReadsCallbacks))]
    public void Help_ListOfProviders_NamesThoseThatCan(string page, string sentence, Type ability)
    {
        string line = Assert.Single(
            Text("module", "help", page).Split('\n'), line => line.Contains(sentence, StringComparison.Ordinal));

        Assert.Equal(
            ProviderRegistry.All.Where(ability.IsInstanceOfType).Select(adapter => adapter.Provider.Name).Order(StringComparer.Ordinal),
            ProviderRegistry.Names.Where(name => line.Contains(name, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
    }

    private static string LocalFiles(IProviderAdapter adapter, string inMessage) =>
        adapter is IUploadsMedia ? "uploaded" : adapter is IInlinesMedia ? inMessage : "refused";

    /// <summary>The cells of a provider's row in the first table behind a heading.</summary>
    private static string[] Row(string heading, string provider)
    {
        string line = s_topic[s_topic.IndexOf(heading, StringComparison.Ordinal)..].Split('\n')
            .First(line => line.StartsWith("    " + provider + " ", StringComparison.Ordinal));
        return [.. line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private static string Text(params string[] path) => File.ReadAllText(Path.Combine([HostPages.Root, .. path])).ReplaceLineEndings("\n");
}

using System.Reflection;
using System.Text.RegularExpressions;
using Seedance.Providers;
using Seedance.Simulator;

namespace Seedance.Core.Tests.Architecture;

/// <summary>
/// A search has a limit, against a text that it never ends in; but on a busy machine a thread may wait for seconds between two of its
/// steps, and a search that fails then takes the answer of a host, or a row, down with it.
/// </summary>
public sealed class RegexLimitTests
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(2);

    [Fact]
    public void Searches_HaveALimitThatABusyMachineDoesNotReach()
    {
        (string Where, Regex Search)[] searches =
        [
            .. new[] { typeof(SeedanceServices), typeof(SimulatorEngine) }.SelectMany(type => type.Assembly.GetTypes())
                .Where(type => !type.ContainsGenericParameters)
                .SelectMany(type => type.GetFields(Own))
                .Where(field => field.FieldType == typeof(Regex))
                .Select(field => (field.DeclaringType!.Name + "." + field.Name, (Regex)field.GetValue(null)!)),
            .. ProviderRegistry.All.Where(adapter => adapter.Provider.UserModelId is not null)
                .Select(adapter => (adapter.Provider.Name, adapter.Provider.UserModelId!)),
        ];

        Assert.True(searches.Length > 10, "Hardly any search was found.");
        Assert.All(searches, one => Assert.True(one.Search.MatchTimeout >= s_least && one.Search.MatchTimeout <= s_most, one.Where));
    }
}

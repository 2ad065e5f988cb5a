using Seedance.Accounts;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Providers.Apiyi;

public sealed class ApiyiAccountTests
{
    [Theory]
    [InlineData(null, "from-the-usual-one")]
    [InlineData("TEAM_TOKEN", "from-the-teams-own")]
    public void Resolve_SecondSecret_ComesFromTheProfilesVariableOrTheUsualOne(string? variable, string expected)
    {
        using TestServices kit = new(new ScriptedHandler());
        Dictionary<string, string> variables = new() { ["SIDE_KEY"] = "key-0123456789", ["APIYI_ACCESS_TOKEN"] = "from-the-usual-one",
            ["TEAM_TOKEN"] = " from-the-teams-own\n" };
        kit.Services.Profiles.Save(
            new SeedanceProfile { Name = "team", Provider = "Apiyi", KeyVariable = "SIDE_KEY", SecondKeyVariable = variable });
        AccountResolver resolver = new(
            kit.Services.Profiles, name => variables.TryGetValue(name, out string? value) ? value : null, (_, _) => null);

        Account account = resolver.Resolve(new AccountSelection { Profile = "team" });

        Assert.Equal(expected,
            account.Sign(account.Adapter is IReportsCredits credits
            ? credits.BuildCredits()
            : new WireRequest()).Headers.Single(header => header.Key == "Authorization").Value);
    }
}

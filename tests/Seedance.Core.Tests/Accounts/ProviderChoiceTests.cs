using Seedance.Accounts;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Accounts;

public sealed class ProviderChoiceTests
{
    [Fact]
    public void Resolve_OneVariableForTwoProviders_AsksWhichOfBoth()
    {
        using TestServices kit = new(new ScriptedHandler());
        AccountResolver resolver = new(kit.Services.Profiles, name => name == "ARK_API_KEY" ? "ark-0123456789" : null, (_, _) => null);

        SeedanceException error = Assert.Throws<SeedanceException>(() => resolver.Resolve(new AccountSelection()));

        Assert.Equal(ErrorCode.ProviderNotChosen, error.Code);
        Assert.Contains("BytePlus by ARK_API_KEY, Volcengine by ARK_API_KEY", error.Message, StringComparison.Ordinal);
        Assert.Equal("Volcengine", resolver.Resolve(new AccountSelection { Provider = "Volcengine" }).Provider);
    }

    [Fact]
    public void Resolve_NoVariableAtAll_NamesEachOnce()
    {
        using TestServices kit = new(new ScriptedHandler());
        AccountResolver resolver = new(kit.Services.Profiles, _ => null, (_, _) => null);

        string message = Assert.Throws<SeedanceException>(() => resolver.Resolve(new AccountSelection())).Message;

        Assert.Equal(
            message.IndexOf("ARK_API_KEY", StringComparison.Ordinal), message.LastIndexOf("ARK_API_KEY", StringComparison.Ordinal));
        Assert.True(message.Contains("ARK_API_KEY", StringComparison.Ordinal));
    }
}

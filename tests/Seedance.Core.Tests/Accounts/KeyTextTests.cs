using Seedance.Accounts;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Accounts;

/// <summary>A key with something invisible in it would look like a network that is gone, or like a wrong key.</summary>
public sealed class KeyTextTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public KeyTextTests() => _kit = new TestServices(_network);

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("\uFEFFsk-1234567890", "character 1 of it is a byte order mark (U+FEFF)")]
    [InlineData("sk-12345\u200B67890", "an invisible character (U+200B)")]
    [InlineData("sk-12345é67890", "outside ASCII (U+00E9)")]
    [InlineData("sk-12345 67890", "a blank")]
    [InlineData("sk-12345\r\n67890", "a line break")]
    [InlineData("sk-12345\u000067890", "a control character (U+0000)")]
    public void Resolve_KeyThatCannotBeOne_SaysWhatItHolds(string key, string what)
    {
        _kit.Variables["MUAPI_API_KEY"] = key;

        foreach (AccountSelection selection in new AccountSelection[] { new() { Provider = "Muapi" },
            new() { Provider = "Muapi", ApiKey = key } })
        {
            SeedanceException error = Assert.Throws<SeedanceException>(() => _kit.Services.Accounts((_, _) => null).Resolve(selection));

            Assert.Equal(ErrorCode.CredentialMissing, error.Code);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("12345", error.Message + error.RecommendedAction, StringComparison.Ordinal);
            Assert.NotEmpty(error.RecommendedAction!);
        }
    }

    [Fact]
    public void Resolve_KeyWithItsLineEnd_IsTheKey() =>
        Assert.Equal("Muapi",
            _kit.Services.Accounts((_, _) => null)
            .Resolve(new AccountSelection { Provider = "Muapi", ApiKey = " sk-1234567890\r\n" }).Provider);
}

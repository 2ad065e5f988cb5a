using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

public sealed class RedactorTests
{
    private const string Canary = "sk-canary/+=42\"key";

    [Fact]
    public void Redact_EveryFormOfTheKey_LeavesNone()
    {
        Redactor redactor = Redactor.For(Canary);
        string[] forms =
        [
            Canary,
            Uri.EscapeDataString(Canary),
            System.Text.Json.JsonSerializer.Serialize(Canary).Trim('"'),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)).TrimEnd('='),
        ];
        foreach (string form in forms)
        {
            Assert.DoesNotContain(form, redactor.Redact("before " + form + " after"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("user:")]
    public void Redact_KeyInsideBase64AtAnyAlignment_LeavesNoTrace(string before)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Canary + "tail"));
        string cleaned = Redactor.For(Canary).Redact(encoded);
        byte[] rest = Encoding.UTF8.GetBytes(cleaned);
        Assert.NotEqual(encoded, cleaned);
        Assert.DoesNotContain("canary", Encoding.UTF8.GetString(Decode(cleaned)), StringComparison.Ordinal);
        Assert.NotEmpty(rest);
    }

    [Fact]
    public void Redact_TextWithoutTheKey_StaysAsItIs() => Assert.Equal("HTTP 500: sorry", Redactor.For(Canary).Redact("HTTP 500: sorry"));

    [Fact]
    public void For_ShortOrMissingSecret_MasksNothing() => Assert.Equal("abc", Redactor.For(null, "abc").Redact("abc"));

    private static byte[] Decode(string text)
    {
        string clean = text.Replace("***", string.Empty, StringComparison.Ordinal).TrimEnd('=');
        clean = clean[..(clean.Length / 4 * 4)];
        return Convert.FromBase64String(clean);
    }
}

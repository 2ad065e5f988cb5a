namespace Seedance.Core.Tests.Output;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a kite over dunes", "a kite over dunes")]
    [InlineData("one\r\ntwo\nthree\tfour\u2028five", "one two three four five")]
    [InlineData("red \u001b[31mtext\u0007", "red <U+001B>[31mtext<U+0007>")]
    [InlineData("\u009b2J\u007f\0", "<U+009B>2J<U+007F><U+0000>")]
    [InlineData("evil\u202egpj.exe\u2066\u200f", "evil<U+202E>gpj.exe<U+2066><U+200F>")]
    [InlineData("\ufeffbom \ufffe \uffff", "<U+FEFF>bom <U+FFFE> <U+FFFF>")]
    [InlineData("whole \ud83e\udd8a \u96ea\u306e\u72d0 \u200d", "whole \ud83e\udd8a \u96ea\u306e\u72d0 \u200d")]
    public void Of_Text_IsOnOneLineAndCommandsNothing(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Of_HalfAPair_HasAMark() => Assert.Equal("half <U+D83E>", VisibleText.Of("half \ud83e")); // No attribute can hold one.

    [Fact]
    public void Of_CleanText_IsTheSameObject()
    {
        string text = new('x', 10);

        Assert.Same(text, VisibleText.Of(text));
        Assert.Equal(string.Empty, VisibleText.Of(null));
    }

    [Fact]
    public void OfAddress_HiddenCharacters_AreEscapedAsInAddresses() =>
        Assert.Equal("https://cdn.example/a%E2%80%AEb%1B.mp4?x=1", VisibleText.OfAddress("https://cdn.example/a\u202eb\u001b.mp4?x=1"));

    [Fact]
    public void Error_Message_IsCleanWhoeverWroteIt() =>
        Assert.Equal("a <U+001B>[2Jb c", new SeedanceException(ErrorCode.JobFailed, "a \u001b[2Jb\nc").Message);
}

using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class CellTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(" 7 ", 7L)]
    [InlineData("7.0", 7L)]
    [InlineData("-1", -1L)]
    [InlineData(7, 7L)]
    [InlineData(7.0, 7L)]
    [InlineData("4294967295", 4294967295L)]
    public void WholeNumber_ReadsWhatIsWhole(object? value, long? expected) => Assert.Equal(expected, CellText.WholeNumber(value));

    [Theory]
    [InlineData("7.5")]
    [InlineData(7.5)]
    [InlineData("7,5")]
    [InlineData("7 s")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public void WholeNumber_RoundsNothing(object value) => Assert.Throws<FormatException>(() => CellText.WholeNumber(value));

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData(" Auto ", -1L)]
    [InlineData("-1", -1L)]
    [InlineData(5, 5L)]
    public void Seconds_HasAWordForTheModelsChoice(object? value, long? expected) => Assert.Equal(expected, CellText.Seconds(value));

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData(" 0.5 ", "0.5")]
    [InlineData(0.5, "0.5")]
    [InlineData(3, "3")]
    public void Amount_ReadsAPoint(object? value, string? expected) =>
        Assert.Equal(expected, CellText.Amount(value)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("0,5")]
    [InlineData("1,000")]
    [InlineData("5 USD")]
    public void Amount_GuessesNoComma(string value) => Assert.Throws<FormatException>(() => CellText.Amount(value));

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("0", false)]
    [InlineData(0, false)]
    [InlineData("TRUE", true)]
    [InlineData("x", true)]
    [InlineData(1, true)]
    [InlineData(true, true)]
    public void Flag_ReadsWords(object? value, bool expected) => Assert.Equal(expected, CellText.Flag(value));

    [Fact]
    public void Flag_RefusesOtherWords() => Assert.Throws<FormatException>(() => CellText.Flag("perhaps"));

    [Fact]
    public void Cells_WithMarksThatNobodySees_AreReadWithoutThem()
    {
        Assert.Equal(4, CellText.WholeNumber("4\u200B"));
        Assert.Equal(4, CellText.Seconds("\uFEFF4 "));
        Assert.Equal("16:9", CellText.Optional("\u200E16:9\u200B"));
        Assert.Null(CellText.Optional("\u200B"));
        Assert.Equal("\U0001F468\u200D\U0001F469", CellText.Optional("\U0001F468\u200D\U0001F469"));
    }

    [Fact]
    public void List_PartsOneCell() => Assert.Equal(["a.png", "https://h/b.png"], CellText.List(["a.png; https://h/b.png ;"]));

    [Fact]
    public void List_TakesSeveralTextsAsTheyAre() => Assert.Equal(["a;b.png", "c.png"], CellText.List(["a;b.png", "", "c.png"]));

    [Fact]
    public void List_KeepsDataAddressesWhole() => Assert.Equal(
        ["data:image/png;base64,AAAA", "b.png", "data:image/png;x=y;base64,BB"],
        CellText.List(["data:image/png;base64,AAAA;b.png;data:image/png;x=y;base64,BB"]));

    [Fact]
    public void List_OfNothing_IsEmpty()
    {
        Assert.Empty(CellText.List(null));
        Assert.Empty(CellText.List([""]));
        Assert.Empty(CellText.List([null]));
    }
}

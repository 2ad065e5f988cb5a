using Seedance.Sheets;

namespace Seedance.Core.Tests.Sheets;

public sealed class SheetReaderTests
{
    [Theory]
    [InlineData("Prompt,Duration\r\na fox,4\r\n")]
    [InlineData("Prompt;Duration\na fox;4")]
    [InlineData("Prompt\tDuration\na fox\t4\n\n\n")]
    [InlineData("sep=;\r\nPrompt;Duration\r\na fox;4\r\n")]
    [InlineData("\"Prompt\",\"Duration\"\r\n\"a fox\",\"4\"\r\n;,\r\n")]
    public void Read_AsSpreadsheetsWriteIt(string text)
    {
        Sheet sheet = SheetReader.Read(text);

        Assert.Equal(["Prompt", "Duration"], sheet.Columns);
        Assert.Equal((1, "a fox", "4"), (sheet.Rows[0].Number, sheet.Rows[0].Cells[0], sheet.Rows[0].Cells[1]));
    }

    [Fact]
    public void Read_QuotedCells_KeepLineEndsDelimitersAndQuotes()
    {
        Sheet sheet = SheetReader.Read("Prompt;Tag\n\"first, \"\"second\"\";\nthird\";a\n\"\";b\n");

        Assert.Equal("first, \"second\";\nthird", sheet.Rows[0].Cells[0]);
        Assert.Equal(["", "b"], sheet.Rows[1].Cells);
    }

    [Fact]
    public void Read_ShortAndLongLines_AreFilledUpOrRefusedAlone()
    {
        Sheet sheet = SheetReader.Read("Prompt,Tag\nonly\na,b,,\na fox, in snow,c\n");

        Assert.Equal(["only", ""], sheet.Rows[0].Cells);
        Assert.Null(sheet.Rows[1].Problem);
        Assert.Contains("more cells", sheet.Rows[2].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Prompt,prompt\na,b\n", "'Prompt' twice")]
    [InlineData("Prompt\n\"never closed\n", "line 2")]
    public void Read_WhatCannotBeRead_IsOneErrorBeforeAnythingIsSent(string text, string says)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => SheetReader.Read(text));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was sent or spent", error.RecommendedAction, StringComparison.Ordinal);
    }

    public static TheoryData<string> Marked => ["utf-8", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Marked))]
    public void Decode_MarkedText_IsReadByItsMark(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("Prompt\nSchöne Füchse")];

        Assert.EndsWith("Schöne Füchse", SheetText.Decode(bytes, encoding: null), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AnsiWithoutAMark_IsRefusedAndReadWhenNamed()
    {
        byte[] ansi = [.. "Prompt\n"u8, .. "Sch"u8, 0xF6, .. "ne"u8];

        Assert.Contains("-Encoding", Assert.Throws<SeedanceException>(() => SheetText.Decode(ansi, encoding: null)).RecommendedAction,
            StringComparison.Ordinal);
        Assert.EndsWith("Schöne", SheetText.Decode(ansi, "windows-1252"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ReadsBackAsItWas()
    {
        string[][] rows = [["a \"fox\"; in\nsnow", " x "], ["b", string.Empty]];

        Sheet sheet = SheetReader.Read(SheetText.Decode(SheetWriter.Write(["Prompt", "Tag"], rows, ';'), encoding: null));

        Assert.Equal(rows, sheet.Rows.Select(row => row.Cells.ToArray()));
        Assert.Equal(" =HYPERLINK(1)", SheetWriter.Harmless("=HYPERLINK(1)"));
    }
}

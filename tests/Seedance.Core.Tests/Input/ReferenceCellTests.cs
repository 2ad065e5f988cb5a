using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class ReferenceCellTests
{
    [Theory]
    [InlineData("https://b.example.com/x.png?X-Amz-SignedHeaders=host;range&X-Amz-Signature=abc")]
    [InlineData("https://b.example.com/a;v=1.png")]
    [InlineData("https://b.example.com/fetch/w_300,h_200/https://c.example.com/d.png")]
    [InlineData("/pictures/one;two.png")]
    [InlineData("my; file.png")]
    [InlineData("data:image/png;charset=x;base64,AAAA")]
    public void Split_OneReference_StaysWhole(string cell) => Assert.Equal([cell], CellText.List([cell]));

    [Theory]
    [InlineData("https://h/x.png, https://h/y.png", "https://h/x.png|https://h/y.png")]
    [InlineData("https://h/x.png\nhttps://h/y.png", "https://h/x.png|https://h/y.png")]
    [InlineData("https://h/x.png?a=1;b=2;https://h/y.png?c=3;d", "https://h/x.png?a=1;b=2|https://h/y.png?c=3;d")]
    [InlineData("https://h/x.png;./y.png", "https://h/x.png|./y.png")]
    [InlineData("https://h/x.png; y.png", "https://h/x.png|y.png")]
    [InlineData("/a/x.png;C:\\b\\y.png;~/z.png", "/a/x.png|C:\\b\\y.png|~/z.png")]
    [InlineData("asset://1;asset://2", "asset://1|asset://2")]
    [InlineData("x.png;asset://2;", "x.png|asset://2")]
    public void Split_WholeReferences_ArePartedAtTheMark(string cell, string expected) =>
        Assert.Equal(expected.Split('|'), CellText.List([cell]));

    [Fact]
    public void Names_ArePartedAtEverySemicolon() => Assert.Equal(["Muapi", "Fal"], CellText.Names(["Muapi; Fal;"]));
}

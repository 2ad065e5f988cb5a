using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class RowColumnsTests
{
    private static readonly ColumnNames s_names = new(
    [
        new("Prompt", []), new("Image", ["FirstFrame", "FullName"]), new("Duration", ["DurationSeconds", "Seconds"]), new("Resolution", []),
        new("AspectRatio", ["Ratio"]), new("NoAudio", []), new("Seed", []), new("Model", []), new("Tag", []), new("ReferenceImage", []),
    ]);

    [Theory]
    [InlineData("Resolution ", "Resolution")]
    [InlineData(" Duration", "Duration")]
    [InlineData("duration_seconds", "Duration")]
    [InlineData("Aspect Ratio", "AspectRatio")]
    [InlineData("aspect-ratio", "AspectRatio")]
    [InlineData("no_audio", "NoAudio")]
    [InlineData("\uFEFFResolution", "Resolution")]
    [InlineData("FIRST FRAME", "Image")]
    public void Read_SpelledOtherwise_GivesTheParameter(string column, string parameter)
    {
        RowColumns columns = Read(("Prompt", "a kite"), (column, "x"));

        Assert.Equal([new KeyValuePair<string, object?>(parameter, "x")], columns.Given);
        Assert.Empty(columns.Others);
    }

    [Theory]
    [InlineData("Lenght", "Duration")]
    [InlineData("Length", "Duration")]
    [InlineData("Durations", "Duration")]
    [InlineData("Resolutoin", "Resolution")]
    [InlineData("ReferenceImages", "ReferenceImage")]
    [InlineData("Asspect Ratio", "AspectRatio")]
    [InlineData("Promt", "Prompt")]
    [InlineData("GenerateAudio", "NoAudio")]
    [InlineData("Modell", "Model")]
    public void Read_MisspeltColumn_IsAnErrorThatNamesBoth(string column, string parameter)
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => Read((parameter == "Prompt" ? "Tag" : "Prompt", "a kite"), (column, "4")));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("'" + column + "'", error.Message, StringComparison.Ordinal);
        Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NearButBlankOrDecidedOtherwise_IsNoError()
    {
        Assert.Empty(Read(("Prompt", "a kite"), ("Lenght", " ")).Others);
        Assert.Equal("4", Read(("Prompt", "a kite"), ("Duration", "6"), ("Lenght", "4")).Others["Lenght"]);
        Assert.Equal("4", Read(["Duration"], ("Prompt", "a kite"), ("Lenght", "4")).Others["Lenght"]);
    }

    [Theory]
    [InlineData("Client")]
    [InlineData("Notes")]
    [InlineData("Shot")]
    [InlineData("Scene")]
    [InlineData("Title")]
    [InlineData("Tags")]
    [InlineData("Id")]
    [InlineData("Camera")]
    public void Read_AnotherColumn_IsKept(string column)
    {
        RowColumns columns = Read(("Prompt", "a kite"), (column, "Acme"));

        Assert.Equal("Acme", columns.Others[column]);
        Assert.Empty(columns.Given);
    }

    [Fact]
    public void Read_TwoColumnsForOneThing_AreAnErrorUnlessTheyAgree()
    {
        SeedanceException error =
            Assert.Throws<SeedanceException>(() => Read(("Prompt", "a kite"), ("Duration", "4"), ("duration_seconds", "5")));

        Assert.Contains("'Duration' and 'duration_seconds' both give Duration", error.Message, StringComparison.Ordinal);
        Assert.Empty(Read(("Prompt", "a kite"), ("Duration", "4"), ("Duration ", "4"), ("Seconds", "")).Others);
    }

    [Fact]
    public void Read_BlankExactColumnBesideAFilledOne_TakesTheFilledOne() =>
        Assert.Equal("4", Assert.Single(Read(("Prompt", "a kite"), ("Duration", ""), ("Duration ", "4")).Given).Value);

    [Fact]
    public void Read_CommandLine_CountsOverTheColumn() =>
        Assert.Empty(Read(["Resolution"], ("Prompt", "a kite"), ("Resolution ", "720p")).Given);

    private static RowColumns Read(params (string Column, object? Value)[] row) => Read([], row);

    private static RowColumns Read(string[] commandLine, params (string Column, object? Value)[] row) => RowColumns.Read(
        s_names, row.Select(cell => new KeyValuePair<string, object?>(cell.Column, cell.Value)), isBound: true, commandLine.Contains);
}

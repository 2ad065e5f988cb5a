using Seedance.Downloads;
using Seedance.Media;

namespace Seedance.Core.Tests.Downloads;

public sealed class MediaCheckTests
{
    private static readonly byte[] s_type = Movie.Box("ftyp", new byte[16]);
    private static readonly byte[] s_index = Movie.Box("moov", new byte[40]);
    private static readonly byte[] s_data = Movie.Box("mdat", new byte[100]);

    public static IEnumerable<TheoryDataRow<string, byte[]>> WholeFiles() =>
    [
        new("index first", [.. s_type, .. s_index, .. s_data]),
        new("index last", [.. s_type, .. s_data, .. s_index]),
        new("gaps", [.. s_type, .. Movie.Box("free"), .. s_data, .. Movie.Box("skip", new byte[9]), .. s_index]),
        new("fragments",
            [.. s_type, .. s_index, .. Movie.Box("moof", new byte[8]), .. s_data, .. Movie.Box("moof", new byte[8]), .. s_data]),
        new("64-bit size", [.. s_type, .. s_index, .. Movie.LongBox("mdat", 116, new byte[100])]),
        new("size 0 is to the end", [.. s_type, .. s_index, 0, 0, 0, 0, .. "mdat"u8, .. new byte[50]]),
        new("QuickTime name", [.. s_type, .. s_index, .. s_data, .. Movie.Box("\u00A9xyz", new byte[4])]),
    ];

    public static IEnumerable<TheoryDataRow<string, byte[]>> BrokenFiles() =>
    [
        new("it is empty", []),
        new("it is not an MP4 file", [0, 0, 0]),
        new("it is not an MP4 file", "<html><body>Gone</body></html>"u8.ToArray()),
        new("it is not an MP4 file", """{"error":"expired"}"""u8.ToArray()),
        new("it is not an MP4 file", Movie.Png()),
        new("it is not an MP4 file", new byte[1000]),
        new("it has no index", [.. s_type, .. s_data]),
        new("it has no picture data", [.. s_type, .. s_index]),
        new("it has no picture data", [.. s_type, .. s_index, .. Movie.Box("mdat")]),
        new("it has no file type", Movie.Box("free")),
        new("it does not begin with a file type", [.. s_index, .. s_data, .. s_type]),
        new("the box mdat goes beyond the end of the file, at byte 72", [.. s_type, .. s_index, .. s_data[..^1]]),
        new("there is no box where one must begin, at byte 72", [.. s_type, .. s_index, 1, 2, 3]),
        new("the box moof goes beyond the end of the file, at byte 180",
            [.. s_type, .. s_index, .. s_data, .. Movie.Box("moof", new byte[8])[..^1]]),
        new("the box mdat has an impossible size, at byte 72", [.. s_type, .. s_index, 0, 0, 0, 7, .. "mdat"u8, .. new byte[20]]),
        new("the box mdat goes beyond the end of the file, at byte 72",
            [.. s_type, .. s_index, .. Movie.LongBox("mdat", long.MaxValue, new byte[20])]),
        new("the box mdat has an impossible size, at byte 72",
            [.. s_type, .. s_index, .. Movie.LongBox("mdat", ulong.MaxValue, new byte[20])]),
        new("the box mdat has an impossible size, at byte 72", [.. s_type, .. s_index, 0, 0, 0, 1, .. "mdat"u8, 0, 0]),
    ];

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public void FindProblem_WholeFile_FindsNone(string name, byte[] file)
    {
        Assert.NotEmpty(name);
        Assert.Null(IsoFile.Read(new MemoryStream(file)).Problem);
    }

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public void FindProblem_BrokenFile_NamesIt(string problem, byte[] file) =>
        Assert.Equal(problem, IsoFile.Read(new MemoryStream(file)).Problem);

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(5_000)]
    public void Read_ZerosAfterTheLastWholeBox_AreNoFault(int count)
    {
        IsoFile file = IsoFile.Read(new MemoryStream([.. s_type, .. s_index, .. s_data, .. new byte[count]]));

        Assert.Null(file.Problem);
        Assert.Equal(count, file.Trailing);
    }

    [Theory]
    [InlineData("garbage!")]
    [InlineData("\u0000\u0001\u0000\u0000junkjunkjunk")]
    [InlineData("\r\n--boundary--\r\n")]
    public void Read_OtherBytesAfterTheLastWholeBox_AreNoFault(string text)
    {
        IsoFile file = IsoFile.Read(new MemoryStream([.. s_type, .. s_data, .. s_index, .. Encoding.Latin1.GetBytes(text)]));

        Assert.Null(file.Problem);
        Assert.Equal(text.Length, file.Trailing);
    }

    [Fact]
    public void FindProblem_CutAnywhere_FindsIt()
    {
        byte[] whole = Movie.Make(2_000, seed: 1);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.NotNull(IsoFile.Read(new MemoryStream(whole[..length])).Problem));
        Assert.Null(IsoFile.Read(new MemoryStream(whole)).Problem);
    }

    [Fact]
    public void MediaCheck_OtherKinds_AreJudgedByTheirBeginning()
    {
        Assert.Null(Problem(Movie.Png(), "LastFrame", ".png"));
        Assert.Null(Problem(Movie.Jpeg(), "LastFrame", ".png"));
        Assert.Equal("the image is cut off", Problem(Movie.Png()[..^3], "LastFrame", ".png"));
        Assert.Equal("it is not an image", Problem([1, 2, 3], "LastFrame", ".png"));
        Assert.Null(Problem([1, 2, 3], "Other", ".bin"));
        Assert.Equal("it is empty", Problem([], "Other", ".bin"));
        Assert.Equal("it is a PNG picture and no video", Problem(Movie.Png(), "Video", ".mp4"));
        Assert.Contains("web page", Problem("\uFEFF <!DOCTYPE html>"u8.ToArray(), "Video", ".mp4"));
        Assert.Contains("JSON", Problem("\n{}"u8.ToArray(), "Video", ".webm"));
    }

    private static string? Problem(byte[] file, string kind, string extension) =>
        MediaCheck.Judge(new MemoryStream(file), kind, extension).Problem;
}

using Seedance.Catalogue;
using Seedance.Core.Tests.Downloads;
using Seedance.Media;
using Seedance.Models;

namespace Seedance.Core.Tests.Media;

public sealed class MediaSnifferTests : IDisposable
{
    private static readonly (string ContentType, byte[] File)[] s_files =
    [
        ("video/mp4", Film("isom", "vide", "soun")),
        ("video/mp4", Film("mp42", "vide")),
        ("video/mp4", Film("mif1", "vide")), // Its tracks say what a brand of pictures does not.
        ("video/mp4", Movie.Make(500, seed: 1)), // An index that does not tell its tracks.
        ("video/quicktime", Film("qt  ", "vide")),
        ("video/quicktime", [.. Index("vide"), .. Movie.Box("mdat", new byte[20])]), // QuickTime wrote no file type for years.
        ("audio/mp4", Film("isom", "soun")),
        ("audio/mp4", Film("M4A ", "soun")),
        ("audio/mp4", [.. Type("M4A "), .. Movie.Box("moov")]),
        ("image/heic", [.. Type("heic", "mif1"), .. Movie.Box("meta", new byte[30]), .. Movie.Box("mdat", new byte[20])]),
        ("image/heic", [.. Type("mif1", "heic"), .. Movie.Box("meta", new byte[30])]),
        ("image/heif", [.. Type("mif1"), .. Movie.Box("meta", new byte[30])]),
        ("image/avif", [.. Type("avif", "mif1"), .. Movie.Box("meta", new byte[30])]),
        ("image/avif", [.. Type("mif1", "avif"), .. Movie.Box("meta", new byte[30])]),
        ("image/avif", Film("avis", "pict")),
        ("video/webm", Movie.Matroska("webm", 1)),
        ("video/x-matroska", Movie.Matroska("matroska", 1, 2)),
        ("audio/webm", Movie.Matroska("webm", 2)),
        ("image/png", Movie.Png()),
        ("image/jpeg", Movie.Jpeg()),
        ("image/webp", [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[12]]),
        ("audio/wav", [.. "RIFF"u8, 20, 0, 0, 0, .. "WAVEfmt "u8, .. new byte[12]]),
        ("video/x-msvideo", [.. "RIFF"u8, 20, 0, 0, 0, .. "AVI LIST"u8, .. new byte[12]]),
        ("image/bmp", [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, .. new byte[40]]),
        ("audio/mpeg", [.. "ID3"u8, .. new byte[20]]),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-media-").FullName;

    public static IEnumerable<TheoryDataRow<string, byte[]>> Files() =>
        s_files.Select(file => new TheoryDataRow<string, byte[]>(file.ContentType, file.File));

    [Theory]
    [MemberData(nameof(Files))]
    public void Of_ContentOfEachKind_NamesIt(string contentType, byte[] file) =>
        Assert.Equal(contentType, MediaSniffer.Of(new MemoryStream(file))?.ContentType);

    [Theory]
    [InlineData("BM is how this text begins, and no picture")]
    [InlineData("<html>ftyp</html>")]
    [InlineData("AAAAftypheic")]
    [InlineData("")]
    [InlineData("RIFF of a guitar, WAVE of a hand")]
    public void Of_Text_IsNoMedia(string text) => Assert.Null(MediaSniffer.Of(new MemoryStream(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Of_FilesCutAnywhere_EndsAndThrowsNothing()
    {
        foreach (var (_, file) in s_files)
        {
            for (int length = 0; length < file.Length; length++)
            {
                Assert.Null(Record.Exception(() => MediaSniffer.Of(new MemoryStream(file[..length]))));
            }
        }
    }

    [Fact]
    public void Of_RandomDamage_EndsAndThrowsNothing()
    {
        Random random = new(20260301);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] file = [.. s_files[i % s_files.Length].File];
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            Assert.Null(Record.Exception(() => MediaSniffer.Of(new MemoryStream(file))));
        }
    }

    [Theory]
    [InlineData("clip.mp4", true)]
    [InlineData("clip.png", false)]
    public void Read_SoundAlone_IsNeitherVideoNorImage(string name, bool video)
    {
        var (media, wrong) = LocalMedia.Read(Write(name, Film("isom", "soun")), video ? MediaType.Video : MediaType.Image);

        Assert.Null(media);
        Assert.Contains("audio in an MP4", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PictureThatNoHostTakes_IsNamed()
    {
        var (media, wrong) = LocalMedia.Read(
            Write("a.jpg", [.. Type("avif", "mif1"), .. Movie.Box("meta", new byte[30])]), MediaType.Image);

        Assert.Null(media);
        Assert.Contains("an AVIF picture", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PngNamedJpg_IsAPng() =>
        Assert.Equal("image/png", LocalMedia.Read(Write("a.jpg", Movie.Png()), MediaType.Image).Media?.ContentType);

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData("{0}")]
    [InlineData(" {0} ")]
    public void PathOf_QuotedPath_IsThePath(string written)
    {
        string path = Write("a b.png", Movie.Png());

        Assert.Equal(path, MediaReferences.PathOf(string.Format(CultureInfo.InvariantCulture, written, path)));
    }

    [Fact]
    public void PathOf_FileAddress_IsThePath()
    {
        string path = Write("a b ü.png", Movie.Png());

        Assert.Equal(path, MediaReferences.PathOf(new Uri(path).AbsoluteUri));
        Assert.True(MediaReferences.IsLocal(new Uri(path).AbsoluteUri));
        Assert.False(MediaReferences.IsLocal("\"https://cdn.example/a.png\""));
        Assert.Equal("https://cdn.example/a.png", MediaReferences.PathOf("\"https://cdn.example/a.png\""));
    }

    [Theory]
    [InlineData("image/jpeg", ".jpg")]
    [InlineData("video/quicktime", ".mov")]
    [InlineData("application/octet-stream", "")]
    public void ExtensionOf_ContentType_IsTheNameThatGoesOut(string contentType, string extension) =>
        Assert.Equal(extension, MediaFormat.ExtensionOf(contentType));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Type(params string[] brands) =>
        Movie.Box("ftyp", [.. Encoding.ASCII.GetBytes(brands[0]), 0, 0, 2, 0, .. brands.SelectMany(Encoding.ASCII.GetBytes)]);

    private static byte[] Index(params string[] handlers) =>
        Movie.Box("moov", [.. Movie.Box("mvhd", new byte[100]), .. handlers.SelectMany(Track)]);

    private static byte[] Track(string handler) =>
        Movie.Box("trak",
            [.. Movie.Box("tkhd", new byte[84]),
            .. Movie.Box("mdia",
            [.. Movie.Box("mdhd", new byte[24]),
            .. Movie.Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(handler), .. new byte[13]])])]);

    private static byte[] Film(string brand, params string[] handlers) =>
        [.. Type(brand, "isom"), .. Index(handlers), .. Movie.Box("mdat", new byte[30])];

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

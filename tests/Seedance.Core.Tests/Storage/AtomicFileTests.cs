using Seedance.Downloads;
using Seedance.Storage;

namespace Seedance.Core.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-atomic-").FullName;

    private string Target => Path.Combine(_folder, "state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_NewFile_IsThereAlone()
    {
        AtomicFile.Write(Target, [1, 2, 3], overwrite: false);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_TargetExists_IsKeptUnlessOverwritten()
    {
        File.WriteAllBytes(Target, [9]);

        Assert.Throws<IOException>(() => AtomicFile.Write(Target, [1], overwrite: false));
        Assert.Equal([9], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));

        AtomicFile.Write(Target, [1], overwrite: true);
        Assert.Equal([1], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_OwnerOnly_IsReadableByNobodyElse()
    {
        AtomicFile.Write(Target, [1], overwrite: false, ownerOnly: true);

#if TEST_NETSTANDARD
        Assert.Skip("The netstandard2.0 build runs on Windows only, where the folder decides.");
#else
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps others out by the folder's inherited permissions.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
#endif
    }

    [Fact]
    public void TryDeleteWithDrafts_WriterWasKilled_LeavesNothingOfItAndNothingElse()
    {
        File.WriteAllText(Target, "whole");
        File.WriteAllText(Target + ".0badcafe.tmp", "half");
        File.WriteAllText(Target + ".json", "another's");

        AtomicFile.TryDeleteWithDrafts(Target);

        Assert.Equal([Target + ".json"], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_NoFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(_folder, "none", "x"), [1], overwrite: false));

    [Theory]
    [InlineData(unchecked((int)0x80070070), "The disk is full")]
    [InlineData(28, "The disk is full")]
    [InlineData(30, "The file system is read-only")]
    public void DiskErrors_KnownNumber_IsNamed(int number, string words)
    {
        SeedanceException error = DiskErrors.Describe("/videos/a.mp4", new IOException("raw", number));

        Assert.Equal(ErrorCode.SaveFailed, error.Code);
        Assert.StartsWith(words + ": /videos/a.mp4", error.Message, StringComparison.Ordinal);
    }
}

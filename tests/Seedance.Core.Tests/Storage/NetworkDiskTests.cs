using Seedance.Storage;

namespace Seedance.Core.Tests.Storage;

public sealed class NetworkDiskTests
{
    [Theory]
    [InlineData(@"\\server\share\seedance")]
    [InlineData("//server/share/seedance")]
    public void Refuse_FolderOfAnotherMachine_SaysWhatToDo(string folder)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => NetworkDisk.Refuse(folder));

        Assert.Equal((ErrorCode.StoreFailure, folder), (error.Code, error.Target));
        Assert.Contains("SEEDANCE_HOME", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nfs4", true)]
    [InlineData("CIFS", true)]
    [InlineData("fuse.blobfuse2", true)] // What Azure mounts a container with.
    [InlineData("vboxsf", true)]
    [InlineData("ext4", false)]
    [InlineData("overlay", false)]
    [InlineData("fuseblk", false)] // NTFS on a disk of this machine.
    public void IsOfAnotherMachine_TypeOfAFileSystem_IsToldFromADiskOfThisMachine(string format, bool expected) =>
        Assert.Equal(expected, NetworkDisk.IsOfAnotherMachine(format));

    [Fact]
    public void Refuse_FolderOfThisMachine_SaysNothing() => NetworkDisk.Refuse(Path.GetTempPath());
}

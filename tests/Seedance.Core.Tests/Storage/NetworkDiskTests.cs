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

    [Fact]
    public void Refuse_FolderOfThisMachine_SaysNothing() => NetworkDisk.Refuse(Path.GetTempPath());
}

using Seedance.Jobs.Save;

namespace Seedance.Core.Tests.Jobs.Save;

public sealed class SaveFolderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-folder-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Prove_NewFolder_IsThereAndEmpty()
    {
        string folder = Path.Combine(_home, "a", "b");

        Assert.Equal(folder, SaveFolder.OfSystem.Prove(folder));

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public void Prove_FileInTheWay_SaysSo(string name)
    {
        File.WriteAllText(Path.Combine(_home, "file"), "mine");
        string path = Path.Combine(_home, name);

        Assert.Equal(ErrorCode.SaveFailed, Assert.Throws<SeedanceException>(() => SaveFolder.OfSystem.Prove(path)).Code);
        Assert.Equal(ErrorCode.SaveFailed, Assert.Throws<SeedanceException>(() => SaveFolder.LookAt(path)).Code);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_home, "file")));
    }

    [Fact]
    public void Prove_FolderThatNobodyMayWriteTo_SaysSo()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no folder here that refuses everybody, root included.");

        SeedanceException error = Assert.Throws<SeedanceException>(() => SaveFolder.OfSystem.Prove("/proc/nope"));

        Assert.Equal(ErrorCode.SaveFailed, error.Code);
        Assert.Contains("/proc/nope", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Destination", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000L, false)]
    [InlineData(100_000_000L, true)]
    [InlineData(null, true)] // A share that does not say.
    public void Prove_SpaceThatIsLeft_IsEnoughForAVideo(long? free, bool enough)
    {
        SeedanceException? error = Record.Exception(() => new SaveFolder(_ => free).Prove(_home)) as SeedanceException;

        Assert.Equal(enough, error is null);
        Assert.Equal(enough ? null : ErrorCode.SaveFailed, error?.Code);
    }

    [Theory]
    [InlineData("Env:\\drafts")]
    [InlineData("drafts")]
    public void Prove_NoFolderOfAFileSystem_MakesNone(string path)
    {
        Assert.Throws<SeedanceException>(() => SaveFolder.OfSystem.Prove(path));

        Assert.False(Directory.Exists(Path.GetFullPath(path)));
    }

    [Fact]
    public void Options_Rehearsal_MakesNoFolder()
    {
        string folder = Path.Combine(_home, "drafts");

        new SaveJobOptions { Destination = folder }.Prove(SaveFolder.OfSystem, rehearsal: true);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Options_UnknownToken_IsRefusedInARehearsalToo() =>
        Assert.All([true, false], rehearsal => Assert.Equal(ErrorCode.InvalidRequest, Assert.Throws<SeedanceException>(
            () => new SaveJobOptions { Destination = _home, NameTemplate = "{picture}" }.Prove(SaveFolder.OfSystem, rehearsal)).Code));
}

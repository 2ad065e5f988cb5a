using Seedance.Storage;

namespace Seedance.Core.Tests.Storage;

public sealed class StateFolderTests
{
    private static readonly string s_root = Path.GetFullPath(Path.GetTempPath());

    [Theory]
    [InlineData("state")]
    [InlineData("./state")]
    [InlineData("../state")]
    [InlineData("~/state")]
    [InlineData("C:state")]
    [InlineData(" ")]
    public void Locate_RelativeHome_IsRefusedWithWhatToDo(string home)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => Locate(("SEEDANCE_HOME", home)));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains("'" + home + "'", error.Message, StringComparison.Ordinal);
        Assert.Contains("full path", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_FullHome_IsTheFolderWithoutDetours() =>
        Assert.Equal(Path.Combine(s_root, "b"), Locate(("SEEDANCE_HOME", Path.Combine(s_root, "a", "..", "b"))));

    [Fact]
    public void Locate_RelativeXdgFolder_IsIgnoredAsItsSpecificationSays()
    {
        Assert.True(Path.IsPathFullyQualified(Locate(("XDG_STATE_HOME", "state"))));
        Assert.Equal(Locate(), Locate(("XDG_STATE_HOME", "state")));
    }

    private static string Locate(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return StateFolder.Locate(name => all.TryGetValue(name, out string? value) ? value : null);
    }
}

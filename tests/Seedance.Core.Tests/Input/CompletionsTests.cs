using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class CompletionsTests
{
    [Fact]
    public void Models_OfAProvider_AreItsOwn()
    {
        Assert.Contains("seedance-sim", Completions.Models("simulator"));
        Assert.DoesNotContain("seedance-sim", Completions.Models("Muapi"));
    }

    [Fact]
    public void Models_OfNobody_AreAllNeutralNames() => Assert.Contains("seedance-sim", Completions.Models(null));

    [Fact]
    public void Resolutions_AreTheModels()
    {
        Assert.Contains("480p", Completions.Resolutions("Simulator", "seedance-sim"));
        Assert.Empty(Completions.Resolutions("Simulator", "no-such-model"));
    }
}

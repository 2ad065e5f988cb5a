using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

public sealed class MutatedAnswersTests
{
    [Theory]
    [InlineData("Muapi", "muapi")]
    [InlineData("BytePlus", "ark")]
    [InlineData("Apiyi", "apiyi")]
    [InlineData("Wireflow", "wireflow")]
    [InlineData("ModelsLab", "modelslab")]
    [InlineData("Seedance2Ai", "seedance2-ai")]
    [InlineData("AtlasCloud", "atlascloud")]
    [InlineData("Fal", "fal")]
    [InlineData("Replicate", "replicate")]
    [InlineData("Simulator", "simulator")]
    public void Adapter_MutatedBodies_OnlyProtocolErrorsEscape(string provider, string host)
    {
        IReadOnlyList<string> escapes = MutatedAnswers.Escapes(ProviderRegistry.Find(provider)!, host, 2000);

        Assert.True(escapes.Count == 0, escapes.Count + " escaped: " + string.Join("\n", escapes));
    }
}

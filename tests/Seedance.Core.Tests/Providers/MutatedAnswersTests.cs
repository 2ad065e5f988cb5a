using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

public sealed class MutatedAnswersTests
{
    public static TheoryData<string> Providers => [.. ProviderRegistry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Adapter_MutatedBodies_OnlyProtocolErrorsEscape(string provider)
    {
        IReadOnlyList<string> escapes = MutatedAnswers.Escapes(ProviderRegistry.Find(provider)!, WireText.HostOf(provider), 2000);

        Assert.True(escapes.Count == 0, escapes.Count + " escaped: " + string.Join("\n", escapes));
    }
}

using Seedance.Providers;

namespace Seedance.Core.Tests.Providers;

public sealed class ErrorWordsTests
{
    [Theory]
    [InlineData("enable_safety_checker: Extra inputs are not permitted", false)]
    [InlineData("safety_identifier must be at most 64 characters", false)]
    [InlineData("safetyIdentifier should have at most 64 characters", false)]
    [InlineData("prompt: field required; safety: should be a boolean", false)]
    [InlineData("content_policy.level: not a valid enumeration member", false)]
    [InlineData("prompt: contains sensitive content", true)]
    [InlineData("content_policy_violation", true)]
    [InlineData("The prompt violates our policy and must be changed", true)]
    [InlineData("flagged by the safety system", true)]
    [InlineData(null, false)]
    public void IsPolicy_NameOfAFieldInAnErrorAboutTheForm_IsNoWordAboutTheContent(string? text, bool policy) =>
        Assert.Equal(policy, ErrorWords.IsPolicy(text));
}

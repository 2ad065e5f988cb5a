using Seedance.Providers;
using Seedance.Providers.Seedance2Ai;
using static Seedance.Core.Tests.Providers.WireText;

namespace Seedance.Core.Tests.Providers.Seedance2Ai;

public sealed class Seedance2AiAnswerTests
{
    private static readonly Seedance2AiAdapter s_host = new();
    private static readonly ProviderJob s_job = new() { Id = "task_1", WireModel = "seedance2" };

    [Fact]
    public void BuildPoll_Id_IsAnEscapedQuery() =>
        Assert.Equal("jobs/queryTask?taskId=a%26b", s_host.BuildPoll(s_job with { Id = "a&b" }).Route);

    [Fact]
    public void BuildCredits_Route_IsThatOfTheAccount()
    {
        Assert.Equal("account/credits", s_host.BuildCredits().Route);
    }
}

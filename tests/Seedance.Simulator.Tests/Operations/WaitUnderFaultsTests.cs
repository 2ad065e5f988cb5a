using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

public sealed class WaitUnderFaultsTests
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Polls), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_PollGoesWrong_EndsWithItsJobOrItsOneError(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(provider, fault);

        Assert.Equal(outcome, await scene.MakeVideoAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 1);
    }

    [Theory]
    [MemberData(nameof(FaultMatrix.Credits), MemberType = typeof(FaultMatrix))]
    public async Task AskForCredits_AnswerGoesWrong_IsAnsweredOrOneError(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(provider, fault);

        Assert.Equal(outcome, await scene.AskForCreditsAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 0);
    }
}

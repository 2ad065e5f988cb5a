using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

public sealed class SubmitUnderFaultsTests
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Submits), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_SubmitGoesWrong_EndsWithItsJobOrItsOneErrorAndIsNeverPaidTwice(
        string provider, string fault, string outcome, int accepted)
    {
        using OperationScene scene = new(provider, fault);

        Assert.Equal(outcome, await scene.MakeVideoAsync(outcome == nameof(ErrorCode.WaitTimeout) ? TimeSpan.FromMinutes(30) : null));

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted);
    }
}

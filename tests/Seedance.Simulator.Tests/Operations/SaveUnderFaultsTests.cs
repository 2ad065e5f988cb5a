using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

public sealed class SaveUnderFaultsTests
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Media), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_DownloadGoesWrong_LeavesAWholeFileOrOneError(string provider, string[] faults, string outcome)
    {
        using OperationScene scene = new(provider, faults);

        Assert.Equal(outcome, await scene.MakeVideoAsync());

        Array.ForEach(faults, fault => scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 1));
    }
}

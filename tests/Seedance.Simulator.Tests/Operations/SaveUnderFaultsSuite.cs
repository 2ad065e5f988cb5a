using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class SaveUnderFaultsSuite(bool onServer)
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Media), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_DownloadGoesWrong_LeavesAWholeFileOrOneError(string provider, string[] faults, string outcome)
    {
        using OperationScene scene = new(onServer, provider, faults);

        Assert.Equal(outcome, await scene.MakeVideoAsync());

        Array.ForEach(faults, fault => scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 1));
    }
}

public sealed class SqliteSaveUnderFaultsTests() : SaveUnderFaultsSuite(onServer: false);

public sealed class PostgresSaveUnderFaultsTests() : SaveUnderFaultsSuite(onServer: true);

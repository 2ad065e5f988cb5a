using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class SubmitUnderFaultsSuite(bool onServer)
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Submits), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_SubmitGoesWrong_EndsWithItsJobOrItsOneErrorAndIsNeverPaidTwice(
        string provider, string fault, string outcome, int accepted)
    {
        using OperationScene scene = new(onServer, provider, fault);

        Assert.Equal(outcome, await scene.MakeVideoAsync(outcome == nameof(ErrorCode.WaitTimeout) ? TimeSpan.FromMinutes(30) : null));

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted);
    }
}

public sealed class SqliteSubmitUnderFaultsTests() : SubmitUnderFaultsSuite(onServer: false);

public sealed class PostgresSubmitUnderFaultsTests() : SubmitUnderFaultsSuite(onServer: true);

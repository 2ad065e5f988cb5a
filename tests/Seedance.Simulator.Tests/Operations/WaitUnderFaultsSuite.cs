using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class WaitUnderFaultsSuite(bool onServer)
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Polls), MemberType = typeof(FaultMatrix))]
    public async Task MakeVideo_PollGoesWrong_EndsWithItsJobOrItsOneError(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(onServer, provider, fault);

        Assert.Equal(outcome, await scene.MakeVideoAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 1);
    }

    [Theory]
    [MemberData(nameof(FaultMatrix.Credits), MemberType = typeof(FaultMatrix))]
    public async Task AskForCredits_AnswerGoesWrong_IsAnsweredOrOneError(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(onServer, provider, fault);

        Assert.Equal(outcome, await scene.AskForCreditsAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 0);
    }
}

public sealed class SqliteWaitUnderFaultsTests() : WaitUnderFaultsSuite(onServer: false);

public sealed class PostgresWaitUnderFaultsTests() : WaitUnderFaultsSuite(onServer: true);

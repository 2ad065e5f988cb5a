using Seedance.Simulator.Faults;

namespace Seedance.Simulator.Tests.Operations;

/// <summary>
/// Faults beside the way from a submit to a file: each ends with its job or its one error, and nothing is paid for twice.
/// </summary>
/// <param name="onServer">The jobs are in PostgreSQL, or else in the state folder.</param>
public abstract class SideCallsUnderFaultsSuite(bool onServer)
{
    [Theory]
    [MemberData(nameof(SideFaults.Uploads), MemberType = typeof(SideFaults))]
    public async Task MakeVideo_UploadGoesWrong_EndsWithItsJobOrItsOneErrorBeforeAnythingIsPaid(
        string provider, string fault, string outcome)
    {
        using OperationScene scene = new(onServer, provider, fault);

        Assert.Equal(outcome, await scene.MakeVideoFromPictureAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: outcome == SideFaults.Saved ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(SideFaults.Cancels), MemberType = typeof(SideFaults))]
    public async Task Cancel_GoesWrong_EndsWithTheJobAsItIsOrOneError(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(onServer, provider, TimeSpan.FromDays(30), fault);

        Assert.Equal(outcome, await scene.CancelAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 1);
    }

    [Theory]
    [MemberData(nameof(SideFaults.Lists), MemberType = typeof(SideFaults))]
    public async Task Submit_AnswerIsLostAndTheListGoesWrong_IsFoundOrHoldsTheAccount(string provider, string fault, string outcome)
    {
        string[] faults = ["submit:1 reset-after-accept", fault];
        using OperationScene scene = new(onServer, provider, TimeSpan.FromDays(30), faults);

        Assert.Equal(outcome, await scene.LoseAndGoOnAsync());

        Array.ForEach(faults, one => scene.AssertHonest(SimulatorFault.Parse(one).Kind, accepted: outcome == SideFaults.Both ? 2 : 1));
    }

    [Theory]
    [MemberData(nameof(SideFaults.Estimates), MemberType = typeof(SideFaults))]
    public async Task Measure_HostsEstimateGoesWrong_IsAnUnknownPriceWithItsReason(string provider, string fault, string outcome)
    {
        using OperationScene scene = new(onServer, provider, fault);

        Assert.Equal(outcome, await scene.MeasureAsync());

        scene.AssertHonest(SimulatorFault.Parse(fault).Kind, accepted: 0);
    }
}

public sealed class SqliteSideCallsUnderFaultsTests() : SideCallsUnderFaultsSuite(onServer: false);

public sealed class PostgresSideCallsUnderFaultsTests() : SideCallsUnderFaultsSuite(onServer: true);

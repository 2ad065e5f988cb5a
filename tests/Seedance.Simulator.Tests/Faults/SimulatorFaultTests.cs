using Seedance.Simulator.Faults;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Tests.Faults;

public sealed class SimulatorFaultTests
{
    [Theory]
    [InlineData("submit:2 reset-after-accept")]
    [InlineData("submit:1 reset-before-accept")]
    [InlineData("media:1 cut 0.5")]
    [InlineData("poll:3-5 status 503")]
    [InlineData("poll:3-5 status")]
    [InlineData("submit:1 status-after-accept 500")]
    [InlineData("submit:* 429 retry-after=2")]
    [InlineData("submit:1 429 retry-after-date=2")]
    [InlineData("submit:1 429")]
    [InlineData("any:7 delay 1.25")]
    [InlineData("submit:1 html 502")]
    [InlineData("credits:1 html")]
    [InlineData("poll:1 truncated 0.25")]
    [InlineData("poll:1 invalid-utf8")]
    [InlineData("submit:1 empty-body")]
    [InlineData("poll:1 unknown-status warming up")]
    [InlineData("poll:1-2 not-found")]
    [InlineData("poll:1 success-without-url")]
    [InlineData("media:* no-ranges")]
    [InlineData("media:2 wrong-range")]
    [InlineData("media:1 expired-url")]
    [InlineData("media:2 changed-media")]
    [InlineData("submit:1 job-fails out of memory")]
    [InlineData("submit:1 job-never-ends")]
    [InlineData("callback:2 lost")]
    [InlineData("callback:* twice")]
    [InlineData("callback:1-3 forged")]
    [InlineData("callback:1 out-of-order")]
    [InlineData("callback:1 delay 60")]
    public void Parse_Text_RoundTrips(string text)
    {
        SimulatorFault fault = SimulatorFault.Parse(text);

        Assert.Equal(text, fault.ToString());
        Assert.Equal(fault, SimulatorFault.Parse(fault.ToString()));
    }

    [Fact]
    public void Parse_Range_HasFirstAndCount()
    {
        SimulatorFault fault = SimulatorFault.Parse("Poll:3-5 STATUS 503");

        Assert.Equal((SimulatorFaultKind.ServerErrorBeforeAccept, SimulatorRequestKind.Poll, 3, 3, 503),
            (fault.Kind, fault.On, fault.Request, fault.Count, fault.StatusCode));
    }

    [Theory]
    [InlineData("", "where:which what")]
    [InlineData("submit:1", "where:which what")]
    [InlineData("submit delay 1", "no request number")]
    [InlineData("submit:0 delay 1", "counted from 1")]
    [InlineData("submit:5-3 delay 1", "counted from 1")]
    [InlineData("sumbit:1 delay 1", "no kind of request")]
    [InlineData("1:1 delay 1", "no kind of request")]
    [InlineData("submit:1 explode", "'explode' is no fault")]
    [InlineData("submit:1 delay", "seconds")]
    [InlineData("submit:1 delay soon", "seconds")]
    [InlineData("submit:1 429 2", "retry-after=")]
    [InlineData("media:1 cut 1.5", "between 0 and 1")]
    [InlineData("poll:1 status 99", "status code")]
    [InlineData("submit:1 unknown-status hm", "can only hit poll")]
    [InlineData("poll:1 job-fails", "can only hit submit")]
    [InlineData("poll:1 not-found 404", "takes no value")]
    public void Parse_Nonsense_SaysWhatIsWrong(string text, string part)
    {
        FormatException error = Assert.Throws<FormatException>(() => SimulatorFault.Parse(text));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_FaultOnWrongKind_IsRefused() => Assert.Throws<ArgumentException>(() =>
        new SimulatorEngine(new SimulatorOptions { Faults = [new SimulatorFault { Kind = SimulatorFaultKind.CutBody, Fraction = 2 }] }));

    [Fact]
    public void Parse_EveryKind_HasAWord() => Assert.All(
        Enum.GetValues<SimulatorFaultKind>(),
        kind => Assert.Equal(
            kind, SimulatorFault.Parse(new SimulatorFault { Kind = kind, Delay = TimeSpan.FromSeconds(2) }.ToString()).Kind));
}

using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Endpoints;

/// <summary>An endpoint whose 429 says in a way of its own how long to wait, such as in its body.</summary>
internal interface IAnswersThrottle : IEndpoint
{
    /// <summary>A <paramref name="wait"/> of zero means that the answer gives no hint.</summary>
    SimulatorResponse AnswerThrottle(SimulatorCall call, TimeSpan wait);
}

using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Endpoints;

/// <summary>An endpoint whose 429 says in a way of its own how long to wait, such as in its body.</summary>
internal interface IAnswersThrottle : IEndpoint
{
    /// <param name="call">What is refused.</param>
    /// <param name="wait">Zero means that the answer gives no hint.</param>
    SimulatorResponse AnswerThrottle(SimulatorCall call, TimeSpan wait);
}

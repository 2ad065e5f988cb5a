namespace Seedance.Simulator.Callbacks;

/// <summary>
/// How a host calls back: how long it waits for an acknowledgement, and after which pauses it calls again where there was none.
/// </summary>
internal sealed record CallbackTerms(TimeSpan Patience, params double[] RetrySeconds);
